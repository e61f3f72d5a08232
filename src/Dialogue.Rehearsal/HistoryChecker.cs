using System.Text.Json;
using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Reflect;
using Dialogue.Wire;

namespace Dialogue.Rehearsal;

/// <summary>
/// Something that was wanted, and the event in which it must be found: once when it was accepted, never when it was refused.
/// </summary>
/// <param name="Key">How it is found again, see <see cref="Of"/>.</param>
/// <param name="OnlyFor">Whose eyes it is for; null is everybody's.</param>
public sealed record Contribution(string Key, bool Accepted, SeatId? OnlyFor = null)
{
    /// <summary>What an event brings to those who see it.</summary>
    public static IEnumerable<string> Of(DialogueEvent happened) =>
        happened switch
        {
            ItemWritten e => [$"written {e.Item.Text}"],
            ItemsRevealed e => e.Items.Select(item => $"shown {item.Text}"),
            ItemWithdrawn e => [$"withdrawn {e.Item}"],
            QuestionParked e => [$"parked {e.Item.Text}"],
            ItemPlaced e => [$"placed {e.Phase} {e.Item}"],
            ValueInvoked e => [$"value {e.Phase} {e.Item} {e.Value}"],
            TensionNamed e => [$"tension {e.Text}"],
            AssessmentGiven e => [$"given {e.Phase} {e.Seat} {e.Subject}"],
            PositionTaken e => [$"taken {e.Position.Reason}"],
            PositionsRevealed e => e.Positions.Select(position => $"position {position.Reason}"),
            DecisionProposed e => [$"proposed {e.Text}"],
            ObjectionRaised e => [$"objection {e.Objection.Reason}"],
            DecisionSettled e => [$"settled {e.Decision.Text}"],
            MinorityViewGiven e => [$"minority {e.View.Text}"],
            AgreementProposed e => [$"agreement {e.Agreement.Text}"],
            AgreementConfirmed e => [$"confirmed {e.Phase} {e.Agreement}"],
            RiskAccepted e => [$"risk {e.Risk.Text}"],
            ReflectionRevealed e => e.Sentences.Select(sentence => $"sentence {sentence}"),
            _ => [],
        };
}

/// <summary>What is wrong with what people saw.</summary>
public sealed class HistoryChecker
{
    private const int Told = 20;
    private readonly List<string> problems = [];

    public int Lost { get; private set; }
    public int Duplicated { get; private set; }
    public int OutOfOrder { get; private set; }
    public int SeenByTheWrongPerson { get; private set; }
    public IReadOnlyList<string> Problems => problems;

    /// <summary>What was seen live must be exactly what is fetched anew, in order, and all of it this person's to see.</summary>
    public void CheckViewer(Viewer viewer, IReadOnlyList<Seen> seen, IReadOnlyList<NumberedEvent> fetched, int outOfOrder)
    {
        OutOfOrder += outOfOrder;
        if (outOfOrder > 0)
            Tell($"seat {viewer.Seat}: {outOfOrder} events within a batch out of order or outside its numbers");
        for (var at = 1; at < seen.Count; at++)
        {
            if (seen[at].Number == seen[at - 1].Number)
            {
                Duplicated++;
                Tell($"seat {viewer.Seat}: number {seen[at].Number} twice");
            }
            else if (seen[at].Number < seen[at - 1].Number)
            {
                OutOfOrder++;
                Tell($"seat {viewer.Seat}: number {seen[at].Number} after {seen[at - 1].Number}");
            }
        }
        foreach (var one in seen.Where(one => !viewer.MaySee(one.Event)))
        {
            SeenByTheWrongPerson++;
            Tell($"seat {viewer.Seat} saw number {one.Number}: {ModelJson.NameOf(one.Event)}");
        }
        var live = seen.GroupBy(one => one.Number).ToDictionary(group => group.Key, group => Text(group.First().Event));
        var pulled = new HashSet<int>();
        foreach (var (number, happened) in fetched)
        {
            if (!pulled.Add(number))
            {
                Duplicated++;
                Tell($"catching up gives number {number} twice to seat {viewer.Seat}");
            }
            if (!live.TryGetValue(number, out var known))
            {
                Lost++;
                Tell($"seat {viewer.Seat} never saw number {number}: {ModelJson.NameOf(happened)}");
            }
            else if (known != Text(happened))
            {
                Lost++;
                Tell($"seat {viewer.Seat} saw another number {number} live than by catching up");
            }
        }
        foreach (var number in live.Keys.Where(number => !pulled.Contains(number)))
        {
            Lost++;
            Tell($"number {number} was seen live by seat {viewer.Seat} and is not in the record");
        }
    }

    /// <summary>Everybody whose eyes it is for finds it once; nobody finds what was refused.</summary>
    public void CheckContributions(IReadOnlyCollection<Contribution> contributions, SeatId seat, IEnumerable<Seen> history)
    {
        var counts = history.SelectMany(one => Contribution.Of(one.Event)).CountBy(key => key).ToDictionary();
        foreach (var contribution in contributions)
        {
            var count = counts.GetValueOrDefault(contribution.Key);
            var expected = contribution.Accepted && (contribution.OnlyFor is null || contribution.OnlyFor == seat) ? 1 : 0;
            if (count == expected)
                continue;
            if (count < expected)
            {
                Lost++;
                Tell($"lost for seat {seat}: {contribution.Key}");
            }
            else if (contribution.Accepted && expected == 0)
            {
                SeenByTheWrongPerson++;
                Tell($"seat {seat} saw what is not theirs: {contribution.Key}");
            }
            else
            {
                Duplicated++;
                Tell($"{count} times instead of {expected} for seat {seat}: {contribution.Key}");
            }
        }
    }

    private static string Text(DialogueEvent happened) => JsonSerializer.Serialize(happened, ModelJson.Lenient);

    private void Tell(string problem)
    {
        if (problems.Count < Told)
            problems.Add(problem);
    }
}
