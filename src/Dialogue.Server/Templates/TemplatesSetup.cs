using Dialogue.Access;

namespace Dialogue.Templates;

/// <summary>The methods that a dialogue can follow.</summary>
public static class TemplatesSetup
{
    public static IServiceCollection AddTemplates(this IServiceCollection services) => services.AddSingleton<TemplateFolder>();

    public static void MapTemplates(this IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v1/templates",
                (TemplateFolder folder) =>
                    folder
                        .Read()
                        .Templates.Select(template => new TemplateReply(
                            template.Key,
                            template.Version,
                            template.Title,
                            template.Purpose,
                            template.SuggestedFor,
                            template.MinPeople,
                            template.MaxPeople,
                            template.Minutes
                        ))
            )
            .RequireAuthorization(new StaffOnlyAttribute())
            .WithName("ListTemplates")
            .WithTags("Templates")
            .ProducesProblem(401);

    public sealed record TemplateReply(
        string Key,
        int Version,
        Text Title,
        Text Purpose,
        string? SuggestedFor,
        int MinPeople,
        int MaxPeople,
        int Minutes
    );
}
