using Dialogue.Cases;
using Dialogue.Clock;
using Dialogue.Dialogues;
using Dialogue.Mailroom;

namespace Dialogue.Outcomes;

/// <summary>What dialogues leave: typed records with links, the report, and their part in the chain of a case.</summary>
public static class OutcomesSetup
{
    public static IServiceCollection AddOutcomes(this IServiceCollection services) =>
        services
            .AddSingleton<IWhenAppended, RecordOutcome>()
            .AddSingleton<IWhenAppended, DialogueReminders>()
            .AddSingleton<IDueWork, SendReminders>()
            .AddSingleton<ILooksAtLetters, LooksAtReminders>()
            .AddScoped<ITellsOfCase, TellOutcomes>();

    public static void MapOutcomes(this IEndpointRouteBuilder app) => ReadOutcome.Map(app);
}
