using Dialogue.FollowUp;
using Dialogue.Waiting;
using static Dialogue.FollowUp.ActionState;
using static Dialogue.Waiting.NextStep;

namespace Dialogue.Model.Tests.Waiting;

/// <summary>What waits for whom, as a table: one row per state and moment, one column per quality.</summary>
[Trait("Finding", "G10")]
public sealed class WhatWaitsTests
{
    private static readonly FollowUpPolicy Policy = new();

    // A Monday.
    private static readonly DateOnly Today = new(2027, 6, 7);

    private static readonly WaitingPerson Owner = new(Guid.Parse("00000000-0000-0000-0000-000000000001"), "owner@here.test");
    private static readonly WaitingPerson Verifier = new(null, "verifier@here.test");
    private static readonly WaitingPerson Guide = new(null, "guide@here.test");
    private static readonly WaitingPerson Nobody = new(Guid.Parse("00000000-0000-0000-0000-000000000009"), "nobody@here.test");

    /// <param name="due">Days from today.</param>
    /// <param name="since">Days ago: the state began, or the owner was asked.</param>
    /// <param name="first">Days from today to the first step.</param>
    private static WaitingAction Action(
        ActionState state,
        int due = 60,
        int since = 0,
        int first = 30,
        bool verifier = true,
        int moved = 0,
        bool known = true,
        int number = 1
    ) =>
        new(
            new Guid(number, 0, 0, new byte[8]),
            new AgreedAction(
                state,
                Activities.Commit.AgreementKind.Prevent,
                new("Eigenaar", known ? Owner.Email : null),
                verifier ? new("Kijker", Verifier.Email) : null,
                "Bel",
                Today.AddDays(first),
                Today.AddDays(due),
                Today.AddDays(due),
                null,
                "Plan",
                moved,
                Today.AddDays(-since),
                Today.AddDays(-since)
            ),
            known ? Owner : null,
            verifier ? Verifier : null,
            Guide
        );

    private static NextStep? For(WaitingPerson who, WaitsAs? role, params WaitingAction[] actions) =>
        WhatWaits
            .For(
                new WaitingReader(who, role is { } one ? new HashSet<WaitsAs> { one } : []),
                new WaitingRows { Actions = actions },
                Today,
                Policy
            )
            .Select(one => (NextStep?)one.Next)
            .SingleOrDefault();

    public static TheoryData<string, ActionState, int, int, int, bool, int, string> Rows { get; } =
        new()
        {
            // what, state, due in, since, first step in, with verifier, moved → owner · verifier · guide · coordinator · manager
            { "never asked", Proposed, 60, 0, 30, true, 0, "- - FindOwner FindOwner -" },
            { "asked today", Offered, 60, 0, 30, true, 0, "Answer - - - -" },
            { "asked, the five working days are over", Offered, 60, 8, 30, true, 0, "Answer - AskAnswer - -" },
            { "asked, ten working days are over", Offered, 60, 15, 30, true, 0, "Answer - FindOwner FindOwner FindOwner" },
            { "handed over today", HandedOver, 60, 0, 30, true, 0, "Answer - - - -" },
            { "given back", Declined, 60, 0, 30, true, 0, "- - FindOwner FindOwner FindOwner" },
            { "accepted", Accepted, 60, 3, 30, true, 0, "Plan - - - -" },
            { "accepted and late", Accepted, -1, 3, -9, true, 0, "Finish - AskHow - -" },
            { "planned, the first step is far", Planned, 60, 3, 30, true, 0, "- - - - -" },
            { "planned, the first step is near", Planned, 60, 3, 7, true, 0, "Start - - - -" },
            { "planned and late", Planned, -1, 30, -9, true, 0, "Finish - AskHow - -" },
            { "in progress and in time", InProgress, 1, 30, -9, true, 0, "- - - - -" },
            { "in progress on its day", InProgress, 0, 30, -9, true, 0, "- - - - -" },
            { "in progress, a day late", InProgress, -1, 30, -9, true, 0, "Finish - AskHow - -" },
            { "in progress, two weeks late", InProgress, -14, 30, -30, true, 0, "Finish - AskHow AskHow AskHow" },
            { "in progress, date moved twice", InProgress, 30, 30, -30, true, 2, "- - - - TalkAboutDates" },
            { "blocked", Blocked, 30, 1, -9, true, 0, "- - Unblock Unblock Unblock" },
            { "reported done", ReportedDone, 30, 1, -9, true, 0, "- Verify - - -" },
            { "reported done, not looked at", ReportedDone, 30, 15, -9, true, 0, "- Verify AskVerifier - -" },
            { "reported done, nobody looks", ReportedDone, 30, 1, -9, false, 0, "- - FindVerifier FindVerifier FindVerifier" },
            { "rejected", Rejected, 30, 1, -9, true, 0, "Mend - - - -" },
            { "rejected and late", Rejected, -1, 1, -9, true, 0, "Mend - AskHow - -" },
            { "verified just now", Verified, 30, 1, -9, true, 0, "- - - - -" },
            { "verified a month ago", Verified, -3, 30, -40, true, 0, "- - JudgeEffect JudgeEffect -" },
            { "effect known", EffectAssessed, -3, 1, -40, true, 0, "- - Close Close -" },
            { "closed", Closed, -3, 1, -40, true, 0, "- - - - -" },
            { "dropped", Dropped, -3, 1, -40, true, 5, "- - - - -" },
            { "superseded", Superseded, -30, 1, -40, true, 0, "- - - - -" },
        };

    [Theory, MemberData(nameof(Rows))]
    public void An_action_waits_for(
        string what,
        ActionState state,
        int due,
        int since,
        int first,
        bool verifier,
        int moved,
        string expected
    )
    {
        var action = Action(state, due, since, first, verifier, moved);
        var found = new[]
        {
            For(Owner, null, action),
            For(Verifier, null, action),
            For(Guide, null, action),
            For(Nobody, WaitsAs.Coordinator, action),
            For(Nobody, WaitsAs.Manager, action),
        };
        string.Join(' ', found.Select(next => next?.ToString() ?? "-")).ShouldBe(expected, what);
        For(Nobody, WaitsAs.Administrator, action).ShouldBeNull(what);
        For(Nobody, WaitsAs.Facilitator, action).ShouldBeNull(what);
    }

    [Fact]
    public void Every_state_stands_in_the_table() =>
        Enum.GetValues<ActionState>().Except(Rows.Select(row => row.Data.Item2)).ShouldBeEmpty();

    [Fact]
    public void An_owner_who_cannot_be_reached_waits_for_those_who_can_find_one()
    {
        var action = Action(Offered, known: false);
        For(Owner, null, action).ShouldBeNull();
        For(Guide, null, action).ShouldBe(FindOwner);
        For(Nobody, WaitsAs.Coordinator, action).ShouldBe(FindOwner);
    }

    [Fact]
    public void A_facilitator_of_whose_28_actions_14_are_late_sees_those_14()
    {
        var actions = Enumerable.Range(1, 28).Select(i => Action(InProgress, due: i <= 14 ? -i : i, since: 40, first: -30, number: i));
        var waits = WhatWaits.For(
            new(Guide, new HashSet<WaitsAs> { WaitsAs.Facilitator }),
            new() { Actions = [.. actions] },
            Today,
            Policy
        );
        waits.Count.ShouldBe(14);
        waits.ShouldAllBe(one => one.Next == AskHow && one.As == WaitsAs.Guide && one.Tone == WaitTone.Late && one.By < Today);
        waits.Select(one => one.By).ShouldBe(waits.Select(one => one.By).Order(), "the longest late comes first");
    }

    [Fact]
    public void One_thing_stands_once_in_the_quality_nearest_to_the_work()
    {
        // A manager who owns it too.
        var waits = WhatWaits.For(
            new(Owner, new HashSet<WaitsAs> { WaitsAs.Manager }),
            new() { Actions = [Action(InProgress, due: -20, since: 40, first: -30)] },
            Today,
            Policy
        );
        waits.ShouldHaveSingleItem().As.ShouldBe(WaitsAs.Owner);
    }

    [Fact]
    public void A_person_is_found_by_account_or_by_address_and_nobody_is_everybody()
    {
        Owner.Is(new(Owner.Account, "other@here.test")).ShouldBeTrue();
        Guide.Is(new(null, "GUIDE@here.test ")).ShouldBeTrue();
        new WaitingPerson(null, null).Is(new(null, null)).ShouldBeFalse();
        new WaitingPerson(null, " ").Is(new(null, " ")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Stage.Preparing, 2, null, Prepare, WaitTone.Due)]
    [InlineData(Stage.Preparing, 0, null, Prepare, WaitTone.Calm)]
    [InlineData(Stage.Lobby, 0, null, Begin, WaitTone.Calm)]
    [InlineData(Stage.Running, 0, null, End, WaitTone.Due)]
    [InlineData(Stage.Paused, 0, null, End, WaitTone.Due)]
    [InlineData(Stage.Closed, 0, 20, LookBack, WaitTone.Calm)]
    [InlineData(Stage.Closed, 0, -1, LookBack, WaitTone.Late)]
    [InlineData(Stage.Closed, 0, 31, null, null)]
    [InlineData(Stage.Closed, 0, null, null, null)]
    public void A_dialogue_waits_for_its_guide(Stage stage, int lacking, int? reviewIn, NextStep? next, WaitTone? tone)
    {
        var row = new WaitingDialogue(Guid.NewGuid(), stage, Guide, Today, lacking, reviewIn is { } days ? Today.AddDays(days) : null);
        var waits = WhatWaits.For(new(Guide, new HashSet<WaitsAs>()), new() { Dialogues = [row] }, Today, Policy).SingleOrDefault();
        Assert.Equal(next, waits?.Next);
        Assert.Equal(tone, waits?.Tone);
        WhatWaits
            .For(new(Nobody, new HashSet<WaitsAs>(Enum.GetValues<WaitsAs>())), new() { Dialogues = [row] }, Today, Policy)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Questions_wait_for_facilitators_invitations_and_letters_for_administrators()
    {
        var rows = new WaitingRows
        {
            Questions =
            [
                new(Guid.NewGuid(), Today, Closed: false, HasDialogue: false),
                new(Guid.NewGuid(), Today, Closed: true, HasDialogue: false),
                new(Guid.NewGuid(), Today, Closed: false, HasDialogue: true),
            ],
            Invitations =
            [
                new(Guid.NewGuid(), Today.AddDays(-7), Accepted: false),
                new(Guid.NewGuid(), Today.AddDays(-6), Accepted: false),
                new(Guid.NewGuid(), Today.AddDays(-90), Accepted: true),
            ],
            Letters =
            [
                new(Guid.NewGuid(), Today, Attempts: 3, Sent: false),
                new(Guid.NewGuid(), Today, Attempts: 2, Sent: false),
                new(Guid.NewGuid(), Today, Attempts: 9, Sent: true),
            ],
        };
        Steps(WaitsAs.Facilitator).ShouldBe([ChooseMethod]);
        Steps(WaitsAs.Administrator).ShouldBe([MendMail, InviteAgain]);
        Steps(WaitsAs.Manager).ShouldBeEmpty();

        IEnumerable<NextStep> Steps(WaitsAs role) =>
            WhatWaits.For(new(Nobody, new HashSet<WaitsAs> { role }), rows, Today, Policy).Select(one => one.Next);
    }
}
