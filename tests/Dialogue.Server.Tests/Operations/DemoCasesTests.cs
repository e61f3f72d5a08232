using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Operations.Demo;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Operations;

public sealed class DemoCasesTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Deregistered = "Uitgeschreven, en alles valt stil";
    private const string Coach = "Wie krijgt de coach?";
    private const string OneScheme = "Eén regeling, vijf schuldeisers";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    /// <summary>Twice and more, and cut off in between: whatever was interrupted goes on where it was.</summary>
    private async Task Seeded()
    {
        var demo = server.Get<DemoCases>();
        for (var patience = 150; patience < 2_000; patience += 300)
        {
            using var cut = new CancellationTokenSource(TimeSpan.FromMilliseconds(patience));
            try
            {
                await demo.Seed(cut.Token);
            }
            catch (OperationCanceledException) when (cut.IsCancellationRequested)
            {
                // As when the program ends in the middle.
            }
        }
        await demo.Seed(CancellationToken.None);
        (await demo.Seed(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_cases_are_there_once_and_in_their_states()
    {
        await Seeded();
        await using var db = await server.Database();

        var cases = await db.Set<CaseRow>().OrderBy(row => row.NumberInYear).Select(row => row.Title).ToListAsync(Stop);
        cases.ShouldBe([Coach, OneScheme, Deregistered, LooseQuestion.Ask.Title!]);

        var dialogues = await db.Set<DialogueRow>()
            .OrderBy(row => row.PreparedAt)
            .Select(row => new
            {
                row.Id,
                row.Title,
                row.Stage,
                row.Code,
            })
            .ToListAsync(Stop);
        dialogues
            .Select(row => (row.Title, row.Stage))
            .ShouldBe([(Coach, Stage.Closed), (OneScheme, Stage.Closed), (Deregistered, Stage.Closed), (CoachReview.Title, Stage.Lobby)]);
        dialogues.ShouldAllBe(row => row.Code != null);
        (await server.Live.Read(new DialogueId(dialogues[3].Id), stop: Stop))
            .State.Names.ShouldHaveSingleItem()
            .Value.ShouldBe(DemoOrganisation.Facilitator.Name);

        var actions = await db.Set<AgreedActionRow>().ToListAsync(Stop);
        States(new DeregisteredCase(default))
            .ShouldBe([
                ActionState.Verified,
                ActionState.InProgress,
                ActionState.Blocked,
                ActionState.InProgress,
                ActionState.Closed,
                ActionState.Offered,
            ]);
        States(new CoachCase(default))
            .ShouldBe([
                ActionState.Verified,
                ActionState.EffectAssessed,
                ActionState.Dropped,
                ActionState.InProgress,
                ActionState.EffectAssessed,
                ActionState.Verified,
                ActionState.Accepted,
                ActionState.ReportedDone,
                ActionState.Superseded,
            ]);
        // What nobody took on is proposed and no more: it has no row.
        States(new OneSchemeCase(default))
            .ShouldBe([
                ActionState.Blocked,
                ActionState.Accepted,
                ActionState.Verified,
                ActionState.Rejected,
                ActionState.Closed,
                null,
                ActionState.Planned,
                ActionState.Planned,
            ]);
        actions.Count.ShouldBe(6 + 9 + 7);
        var today = DateOnly.FromDateTime(server.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        actions.Where(row => ActionChanges.Read(row).DaysLate(today) > 2).ShouldHaveSingleItem().Text.ShouldContain("brief en portaal");

        List<ActionState?> States(DemoCase story) =>
            [
                .. story.Agreements.Select(agreement =>
                    actions.Where(row => row.Text == agreement.Text).Select(row => (ActionState?)row.State).SingleOrDefault()
                ),
            ];

        var held = (await server.Live.Read(new DialogueId(dialogues[0].Id), stop: Stop)).State;
        var decided = held.Phases.Select(phase => phase.State).OfType<DecideState>().Single();
        decided.Revealed!.Counts.ShouldBe(
            new Dictionary<string, int>
            {
                ["doorgaan"] = 1,
                ["aanpassen"] = 5,
                ["proef"] = 0,
                ["stoppen"] = 3,
            },
            ignoreOrder: true
        );
        decided.MinorityViews.Select(view => view.Holder).ShouldBe([HolderKind.Named, HolderKind.Unnamed, HolderKind.Unnamed]);
        held.ShownIn(new PhaseId("voorbij-de-regels")).Count().ShouldBe(8);
        foreach (var dialogue in dialogues)
        {
            var state = (await server.Live.Read(new DialogueId(dialogue.Id), stop: Stop)).State;
            state.Names.Values.ShouldBeUnique();
            state.Items.Values.Select(item => item.Item.Text).ShouldBeUnique();
            state.Agreements().Select(agreement => agreement.Text).ShouldBeUnique();
        }

        // It reads as months: held when it was held, and the steps on days of their own, none of them still to come.
        var journal = await db.Set<ActionJournalRow>().ToListAsync(Stop);
        journal.Select(line => line.At.Date).Distinct().Count().ShouldBeGreaterThan(10);
        journal.ShouldAllBe(line => line.At <= server.Get<TimeProvider>().GetUtcNow());
        held.ClosedAt!.Value.ShouldBeInRange(
            server.Get<TimeProvider>().GetUtcNow().AddDays(-150),
            server.Get<TimeProvider>().GetUtcNow().AddDays(-145)
        );

        // A step that was taken once is in the journal once.
        (await db.Set<ActionJournalRow>().CountAsync(line => line.What == ActionStepKind.Drop, Stop)).ShouldBe(1);
        (await db.Set<ActionJournalRow>().CountAsync(line => line.What == ActionStepKind.ReportDone, Stop)).ShouldBe(11);
    }

    [Fact]
    public async Task What_a_visitor_is_shown_at_first_is_made_while_the_program_runs()
    {
        await using var living = new RunningServer((DemoCases.Setting, "true"));
        await living.Get<DemoCases>().ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await using var db = await living.Database();
        (await db.Set<DialogueRow>().CountAsync(row => row.Code != null, Stop)).ShouldBe(4);
    }
}
