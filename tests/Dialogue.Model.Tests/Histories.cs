using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Anonymous;

namespace Dialogue;

/// <summary>Dialogues that could have been: at random everybody wants something, and what is not refused has happened.</summary>
public static class Histories
{
    public static (IReadOnlyList<DialogueEvent> Events, DialogueState State) Of(
        int seed,
        int wishes,
        Action<DialogueCommand, By, Ruling>? seen = null
    )
    {
        var random = new Random(seed);
        var events = new List<DialogueEvent>([
            .. Room.In(Room.Template.Phases[random.Next(Room.Template.Phases.Count)].Key),
            .. Room.Shown(1),
            .. Room.Shown(2, seat: 5),
        ]);
        var state = DialogueState.Empty.Fold(events);
        for (var n = 0; n < wishes; n++)
        {
            var anything = new Anything(random.Next(), sane: true);
            var seat = Room.Seats[random.Next(Room.Seats.Length)];
            var by = random.Next(30) == 0 ? Room.Organiser : new By(seat.Id, state.Seat(seat.Id)!.Role);
            var command = Aimed(anything.Command(), state, anything);
            if (random.Next(3) > 0)
                for (var again = 0; again < 40 && Permissions.Check(command, by.Role, state.Stage) is not null; again++)
                    command = Aimed(anything.Command(), state, anything);
            var box = Enumerable
                .Range(0, random.Next(8))
                .Select(i =>
                    (SealedEntry)(
                        state.CurrentPhase?.Kind.Name == "reflect"
                            ? new SealedReflection(new Dictionary<string, int> { ["safe"] = 1 + (i % 5) }, "zin")
                            : new SealedItem(ItemKind.Argument, $"Zin {i}", "mag")
                    )
                )
                .ToArray();
            var ruling = state.Decide(command, by, new Moment(Scenes.Now.AddMinutes(n), random.Next(), box));
            seen?.Invoke(command, by, ruling);
            events.AddRange(ruling.Events);
            state = state.Fold(ruling.Events);
        }
        return (events, state);
    }

    /// <summary>Speaks of agreements, objections and the like by a number that is there.</summary>
    private static DialogueCommand Known(ActivityCommand command, DialogueState state, Anything anything)
    {
        var phase = state.CurrentPhase?.State;
        ItemId One(IEnumerable<ItemId> known, ItemId other) => known.ToArray() is { Length: > 0 } some ? anything.Pick(some) : other;
        return (command, phase) switch
        {
            (Activities.Commit.ConfirmAgreement c, Activities.Commit.CommitState s) => c with
            {
                Agreement = One(s.Agreements.Select(a => a.Id), c.Agreement),
            },
            (Activities.Commit.WithdrawAgreement c, Activities.Commit.CommitState s) => c with
            {
                Agreement = One(s.Agreements.Select(a => a.Id), c.Agreement),
            },
            (Activities.Commit.WithdrawRisk c, Activities.Commit.CommitState s) => c with { Risk = One(s.Risks.Select(r => r.Id), c.Risk) },
            (Activities.Organise.ReleaseValue c, Activities.Organise.OrganiseState s) => c with
            {
                Invocation = One(s.Invocations.Select(i => i.Id), c.Invocation),
            },
            (Activities.Organise.ReleaseTension c, Activities.Organise.OrganiseState s) => c with
            {
                Tension = One(s.Tensions.Select(t => t.Id), c.Tension),
            },
            (Activities.Decide.ResolveObjection c, Activities.Decide.DecideState s) => c with
            {
                Objection = One(s.Objections.Select(o => o.Id), c.Objection),
            },
            (Activities.Organise.RestoreValue c, Activities.Organise.OrganiseState s) => c with
            {
                Invocation = One(s.ReleasedValues.Select(t => t.Id), c.Invocation),
            },
            (Activities.Organise.RestoreTension c, Activities.Organise.OrganiseState s) => c with
            {
                Tension = One(s.ReleasedTensions.Select(t => t.Id), c.Tension),
            },
            (Activities.Decide.WithdrawObjection c, Activities.Decide.DecideState s) => c with
            {
                Objection = One(s.Objections.Select(o => o.Id), c.Objection),
            },
            (Activities.Talk.GiveTurn c, Activities.Talk.TalkState s) => c with { From = s.Speaking(state)?.Id },
            (Activities.Talk.CapturePoint c, _) => c with { Kind = ItemKind.Argument },
            (Activities.Talk.RequestCorrection c, _) => c with { Item = One(state.ShownIn(command.Phase).Select(item => item.Id), c.Item) },
            (Activities.Decide.SettleDecision c, _) => c with
            {
                Because = [],
                Kind = ResultKind.Advice,
                Text = "Proef",
                Reasons = "Leren",
                Rule = null,
            },
            (Activities.Decide.GiveMinorityView c, _) => c with { Holder = HolderKind.Unnamed },
            (Activities.Assess.GiveAssessment c, _) => c with
            {
                Subject = anything.Pick(["wel", "niet", "1", "2"]),
                Value = anything.Pick([1, 2, 3]),
            },
            (Activities.Assess.WithdrawAssessment c, _) => c with { Subject = anything.Pick(["wel", "niet", "1", "2"]) },
            (Activities.Decide.TakePosition c, _) => c with { Choice = anything.Pick(["door", "stop"]) },
            (Activities.Organise.NameTension c, _) => c with { ValueA = "privacy", ValueB = "personhood" },
            _ => command,
        };
    }

    /// <summary>
    /// Most wishes are about the phase and the items that are there; leaving and closing are rare, or nothing else would happen.
    /// </summary>
    private static DialogueCommand Aimed(DialogueCommand command, DialogueState state, Anything anything)
    {
        var here = state.CurrentPhase?.Id ?? Room.Id("live");
        var items = state.Items.Keys.OrderBy(id => id.Value).ToArray();
        ItemId Some(ItemId other) => items.Length == 0 ? other : anything.Pick(items);
        return command switch
        {
            CloseDialogue or LeaveSeat or RemoveSeat or PauseDialogue when anything.Pick([1, 2, 3, 4, 5, 6]) > 1 => new ResumeDialogue(),
            StartPhase when anything.Pick([1, 2, 3]) > 1 => new SpotlightItem(null),
            StartPhase c => c with { From = here },
            EditItem c => c with { Item = Some(c.Item) },
            WithdrawItem c => new WithdrawItem(Some(c.Item)),
            HideItem c => c with { Item = Some(c.Item) },
            UnhideItem c => c with { Item = Some(c.Item) },
            JudgeRewording c => c with { Item = Some(c.Item) },
            CheckFact c => c with { Item = Some(c.Item), Source = "Jaarverslag" },
            Activities.Organise.PlaceItem c => c with
            {
                Phase = here,
                Item = Some(c.Item),
                Column = anything.Pick(["groep", "persoon", null]),
            },
            Activities.Organise.InvokeValue c => c with
            {
                Phase = here,
                Item = Some(c.Item),
                Value = "privacy",
                Direction = ValueDirection.Served,
            },
            Activities.Commit.ProposeAgreement c => c with
            {
                Phase = here,
                Agreement = c.Draft.Because.Count > 1 ? null : c.Agreement,
                Draft = c.Draft with
                {
                    Kind = AgreementKind.Repair,
                    Because = [],
                    BecauseValues = ["privacy"],
                    FirstStepDate = new(2026, 2, 17),
                    DueDate = new(2026, 3, 31),
                    Owner = "Ank",
                    OwnerEmail = "ank@dwb.voorbeeld",
                    Verifier = null,
                    VerifierEmail = null,
                },
            },
            ActivityCommand c => Known(c with { Phase = here }, state, anything),
            _ => command,
        };
    }
}
