namespace Dialogue.Cases;

/// <summary>The register of questions and the page of a case.</summary>
public static class CasesSetup
{
    public static IServiceCollection AddCases(this IServiceCollection services) =>
        services
            .AddSingleton<Organisations.Zones>()
            .AddScoped<Organisations.Begin.IFirstStep, FirstQuestion>()
            .AddScoped<Organisations.People.IErasesPeople, ErasesRegistrar>();

    public static void MapCases(this IEndpointRouteBuilder app)
    {
        RegisterQuestion.Map(app);
        ListQuestions.Map(app);
        ReadCase.Map(app);
    }
}
