using System.Security.Cryptography;
using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Present;
using Dialogue.Anonymous;
using Dialogue.Dialogues;
using Dialogue.FollowUp;

namespace Dialogue.Operations.Demo;

/// <summary>
/// The people at one table, and what each of them wants. Seats and sayings go by short keys, so that a case reads as the conversation it
/// was. Each wish has an id that follows from its place in the conversation: played again, it is the same wish.
/// </summary>
internal sealed class DemoTable(
    DialogueId dialogue,
    string code,
    DemoDoor door,
    LiveDialogues dialogues,
    SealedBox boxes,
    Drop drop,
    DemoTime.Past past,
    CancellationToken stop
)
{
    private readonly Dictionary<string, SeatId> seats = new(StringComparer.Ordinal);
    private readonly List<string> voices = [];
    private readonly Dictionary<string, string> sayings = new(StringComparer.Ordinal);
    private PhaseId? phase;
    private int wishes;

    private PhaseId Phase => phase ?? throw new InvalidOperationException("No phase was started.");

    /// <summary>The facilitator has a seat since the dialogue was prepared; the second one takes theirs.</summary>
    public async Task Open()
    {
        seats["gespreksleider"] = new SeatId(1);
        Accept(
            await door.As(
                DemoOrganisation.Facilitator,
                new AddToTeam(dialogue, DemoDoor.Member(DemoOrganisation.SecondFacilitator).AccountId),
                stop
            ),
            nameof(AddToTeam)
        );
        seats["tweede"] = DemoCases.Granted(await door.As(DemoOrganisation.SecondFacilitator, new TakeStaffSeat(dialogue), stop));
    }

    /// <summary>A guest comes in with the code; whoever only watches is made an observer by the facilitator.</summary>
    public async Task Sit(string key, string name, string perspective, Role role = Role.Participant)
    {
        var state = await State();
        var there = state.Names.Where(named => named.Value == name).Select(named => (SeatId?)named.Key).FirstOrDefault();
        seats[key] = there ?? DemoCases.Granted(await door.As(null, new JoinDialogue(code, name, perspective, "nl"), stop)).Seat;
        if (role != Role.Participant)
            await Guide(new GiveRole(seats[key], role));
        if ((role & Role.Voices) != 0)
            voices.Add(key);
    }

    public async Task Start(string key)
    {
        var from = phase;
        if (phase is { } before)
            past.Pass(TimeSpan.FromMinutes((await State()).Phase(before)!.Template.Minutes));
        phase = new PhaseId(key);
        Here();
        await Guide(new StartPhase(Phase, from));
    }

    public Task Reveal()
    {
        Here();
        return Guide(new CloseRound(Phase));
    }

    public Task End()
    {
        Here();
        return Guide(new CloseDialogue());
    }

    /// <summary>Everybody is at the table from beginning to end, however long it takes to play it.</summary>
    private void Here()
    {
        using var room = dialogues.Open(dialogue);
        foreach (var seat in seats.Values)
            room.Room.Connections.Saw(seat);
    }

    /// <summary>What was prepared is on the table when the case is told; from then on it goes by its key.</summary>
    public void Knows(IEnumerable<(string Key, Fact Fact)> facts)
    {
        foreach (var (key, fact) in facts)
            sayings[key] = fact.Text;
    }

    public async Task Fact(Certainty certainty, string text, string? key = null)
    {
        if (key is not null)
            sayings[key] = text;
        await Guide(new RecordFact(Phase, text, certainty));
    }

    public async Task Say(string seat, ItemKind kind, string text, string? bucket = null, string? key = null)
    {
        if (key is not null)
            sayings[key] = text;
        await Wants(seat, new AddItem(Phase, kind, text, bucket));
    }

    /// <summary>In the shoes of somebody on a card: said by a guest who was dealt that card.</summary>
    public async Task SayAs(string persona, string text, string bucket, string? key = null)
    {
        var state = await State();
        await Say(voices.First(voice => state.PersonaOf(seats[voice])?.Key == persona), ItemKind.Effect, text, bucket, key);
    }

    public Task Park(string seat, string text) => Wants(seat, new ParkQuestion(text));

    public async Task Place(string column, params string[] keys)
    {
        foreach (var key in keys)
            await Wants("tweede", new PlaceItem(Phase, await Item(key), column));
    }

    public async Task Value(string key, string value, ValueDirection direction) =>
        await Wants("tweede", new InvokeValue(Phase, await Item(key), value, direction));

    public Task Tension(string seat, string a, string b, string text) => Wants(seat, new NameTension(Phase, a, b, text));

    /// <summary>One value for each voice, in the order in which they came in; 0 is 'I do not know'.</summary>
    public async Task Scale(string subject, params int[] values)
    {
        foreach (var (voice, value) in voices.Zip(values))
            await Wants(voice, new GiveAssessment(Phase, subject, value));
    }

    /// <summary>Points are given one at a time, so that nobody places more than there are.</summary>
    public async Task Dots(params (string Key, int Points)[] dots)
    {
        var next = 0;
        foreach (var (key, points) in dots)
        {
            var subject = (await Item(key)).ToString();
            for (var i = 0; i < points; i++)
                await Wants(voices[next++ % voices.Count], new GiveAssessment(Phase, subject, 1));
        }
    }

    public Task Stand(string seat, string choice, string reason, string? wouldChange = null) =>
        Wants(seat, new TakePosition(Phase, choice, reason, wouldChange));

    public Task Propose(string text) => Guide(new ProposeDecision(Phase, text));

    public async Task Object(string seat, string reason, string condition)
    {
        await Wants(seat, new RaiseObjection(Phase, reason));
        var objection = ((DecideState)(await State()).Phase(Phase)!.State).Objections.First(one => one.Reason == PlainText.Clean(reason));
        await Guide(new ResolveObjection(Phase, objection.Id, condition));
    }

    public async Task Settle(ResultKind kind, string text, string reasons, string conditions, params string[] because) =>
        await Guide(new SettleDecision(Phase, kind, text, reasons, await Items(because), conditions));

    public Task SeeOtherwise(string seat, HolderKind holder, string text, string? recheckWhen = null) =>
        Wants(seat, new GiveMinorityView(Phase, text, recheckWhen, holder));

    public async Task Agree(IReadOnlyList<DemoAgreement> agreements, DateOnly today, int heldDaysAgo)
    {
        foreach (var one in agreements)
        {
            var told = Array.FindIndex(one.After, taken => taken.Step is ActionStep.ReportDone);
            var (first, due) = one.Done
                ? (-heldDaysAgo + 7, Math.Max(-heldDaysAgo + 10, one.DayOf(told, heldDaysAgo) + 4))
                : (one.First, one.Due);
            await Wants(
                "tweede",
                new ProposeAgreement(
                    Phase,
                    null,
                    new AgreementDraft
                    {
                        Text = one.Text,
                        Kind = one.Kind,
                        Because = await Items(one.Because),
                        BecauseValues = one.Values,
                        Owner = one.Owner.Name,
                        OwnerEmail = one.Owner.Email,
                        FirstStep = one.FirstStep,
                        FirstStepDate = WorkingDay(today.AddDays(first)),
                        DueDate = WorkingDay(today.AddDays(due)),
                        IfThen = one.IfThen,
                        EvidencePlan = one.Evidence,
                        Indicator = one.Indicator,
                        Verifier = one.Verifier?.Name,
                        VerifierEmail = one.Verifier?.Email,
                    }
                )
            );
            if (!one.Confirmed)
                continue;
            var agreement = (await State()).Agreements().First(known => known.Text == PlainText.Clean(one.Text));
            await Guide(new ConfirmAgreement(Phase, agreement.Id, Confirmed: true));
        }
    }

    private static DateOnly WorkingDay(DateOnly date) =>
        date.DayOfWeek switch
        {
            DayOfWeek.Saturday => date.AddDays(2),
            DayOfWeek.Sunday => date.AddDays(1),
            _ => date,
        };

    public Task Risk(string text, string borneBy, string acceptedBy, string sign) =>
        Guide(new AcceptRisk(Phase, text, borneBy, acceptedBy, sign));

    public Task Review(DateOnly date) => Guide(new PlanReview(Phase, date));

    /// <summary>Words for an anonymous round: each from another seat, and from then on from nobody.</summary>
    public async Task WriteAnonymously(ItemKind kind, params (string Bucket, string Text)[] entries)
    {
        foreach (var (bucket, text) in entries)
            sayings[text] = text;
        await Into([.. entries.Select(entry => new SealedItem(kind, entry.Text, entry.Bucket))]);
    }

    public async Task LookBack(string[] questions, params (int[] Answers, string? Text)[] people) =>
        await Into([
            .. people.Select(one => new SealedReflection(
                questions.Zip(one.Answers).ToDictionary(pair => pair.First, pair => pair.Second),
                one.Text
            )),
        ]);

    private async Task Into(IReadOnlyList<SealedEntry> entries)
    {
        var state = await State();
        if (!state.IsCurrent(Phase) || state.Phase(Phase) is not { RoundOpen: true } open)
            return;
        var there = (await boxes.Read(dialogue, Phase)).Entries.Count;
        using var use = dialogues.Open(dialogue);
        foreach (var (entry, voice) in entries.Zip(voices).Skip(there))
        {
            stop.ThrowIfCancellationRequested();
            var pad = RandomNumberGenerator.GetBytes(TicketPad.Length);
            var tickets = TicketPad.Read((await boxes.Draw(use.Room, state, open, seats[voice], pad)).Tickets!, pad);
            Accept(await drop.Into(dialogue, Phase, tickets[0], entry), entry.GetType().Name);
        }
    }

    private async Task<DialogueState> State() => (await dialogues.Read(dialogue, stop: stop)).State;

    private async Task<ItemId> Item(string key)
    {
        var text = PlainText.Clean(sayings[key]);
        return (await State()).Items.Values.First(held => held.IsShown && held.Item.Text == text).Item.Id;
    }

    private async Task<IReadOnlyList<ItemId>> Items(IEnumerable<string> keys)
    {
        var items = new List<ItemId>();
        foreach (var key in keys)
            items.Add(await Item(key));
        return items;
    }

    private Task Guide(DialogueCommand command) => Wants("gespreksleider", command);

    private async Task Wants(string seat, DialogueCommand command)
    {
        stop.ThrowIfCancellationRequested();
        Span<byte> place = stackalloc byte[20];
        dialogue.Value.TryWriteBytes(place);
        BitConverter.TryWriteBytes(place[16..], wishes++);
        var id = new CommandId(new Guid(SHA256.HashData(place)[..16]));
        var answer = await dialogues.Perform(dialogue, id, command, seats[seat], Role.None);
        // As any client does: the same wish again, with the same id.
        for (var again = 0; again < 30 && answer is Answer.Refused { Code: RefusalCode.Busy }; again++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), stop);
            answer = await dialogues.Perform(dialogue, id, command, seats[seat], Role.None);
        }
        Accept(answer, $"{command.GetType().Name} of {seat} in {phase}");
    }

    internal static void Accept(Answer answer, string what)
    {
        if (answer is Answer.Refused refused)
            throw new InvalidOperationException($"The demo asked for something that is refused: {what}, {refused.Code}.");
    }
}
