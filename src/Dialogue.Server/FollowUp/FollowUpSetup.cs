using Dialogue.Clock;
using Dialogue.Dialogues;

namespace Dialogue.FollowUp;

public static class FollowUpSetup
{
    public static IServiceCollection AddFollowUp(this IServiceCollection services)
    {
        services.AddSingleton(new FollowUpPolicies(new FollowUpPolicy()));
        services.AddSingleton<LinkAllowances>();
        services.AddSingleton<ActionLetters>();
        services.AddSingleton<ActionChanges>();
        services.AddSingleton<OfferedActions>();
        services.AddSingleton<IDueWork, SendNudges>();
        services.AddSingleton<IWhenAppended, OfferWhenClosed>();
        services.AddScoped<Cases.ITellsOfCase, TellActions>();
        services.AddSingleton<Mailroom.ILooksAtLetters, LooksAtActionLetters>();
        services.AddScoped<Organisations.People.IHeldByPeople, ActionsHeld>();
        services.AddScoped<Organisations.People.IErasesPeople, ErasesOwners>();
        services.AddScoped<Access.IWhenAddressChanged, AddressesFollow>();
        services.AddScoped<Outcomes.ITellsOfAgreements, TellAgreements>();
        return services;
    }

    public static void MapFollowUp(this IEndpointRouteBuilder app)
    {
        ListActions.Map(app);
        ShowAction.Map(app);
        TakeStep.Map(app);
        ExportActions.Map(app);
    }
}
