using System.Collections.Immutable;
using Dialogue.Anonymous;
using Dialogue.Templates;

namespace Dialogue.Activities.Reflect;

/// <summary>What the room thought of the conversation: numbers from five answers on, and sentences without a sender, shuffled.</summary>
public sealed record ReflectionRevealed(PhaseId Phase, int Answers, IReadOnlyList<QuestionResult> Results, IReadOnlyList<string> Sentences)
    : ActivityEvent(Phase);

/// <param name="Counts">How often 1 to 5 was given; empty when fewer than five answered.</param>
public sealed record QuestionResult(string Question, IReadOnlyList<int> Counts)
{
    public double Mean => Counts.Sum() == 0 ? 0 : Counts.Select((count, index) => (double)count * (index + 1)).Sum() / Counts.Sum();
}

public sealed record ReflectState : ActivityState
{
    public ReflectionRevealed? Revealed { get; init; }
}

/// <summary>Looks at the conversation and not at the case. Always through the sealed box, never part of the record of the case.</summary>
public sealed class ReflectActivity : Activity
{
    public const int Steps = 5;

    public override string Name => "reflect";

    public override PhaseSettings NoSettings { get; } = new ReflectSettings();

    public override bool CanBeSealed => true;

    public override int SealedQuota => 1;

    public override ActivityState Begin => new ReflectState();

    public override IEnumerable<EventEntry> Events => [EventEntry.Of<ReflectionRevealed>("reflect/revealed.v1")];

    public override IEnumerable<string> Problems(PhaseTemplate phase, SessionTemplate template)
    {
        if (phase.Set<ReflectSettings>().Questions.Count is < 1 or > 6)
            yield return "reflect needs one to six 'questions'";
        if (phase.Attribution != Attribution.Anonymous || phase.Reveal != Reveal.OnClose)
            yield return "reflect is anonymous and shown on closing: set 'attribution: anonymous' and 'reveal: onClose'";
    }

    public override IEnumerable<DialogueEvent> OnClose(DialogueState state, PhaseState phase, Moment moment)
    {
        var box = (moment.Box ?? []).OfType<SealedReflection>().ToArray();
        var sentences = box.Select(entry => entry.Text)
            .OfType<string>()
            .Where(text => text.Length > 0)
            .OrderBy(text => text, StringComparer.Ordinal)
            .Shuffled(moment);
        var results = phase
            .Template.Set<ReflectSettings>()
            .Questions.Select(question =>
            {
                var values = box.Select(entry => entry.Answers.GetValueOrDefault(question.Key)).Where(value => value > 0).ToArray();
                return new QuestionResult(
                    question.Key,
                    values.Length < Limits.AnswersForDistribution
                        ? []
                        : [.. Enumerable.Range(1, Steps).Select(step => values.Count(value => value == step))]
                );
            });
        return [new ReflectionRevealed(phase.Id, box.Length, [.. results], sentences)];
    }

    public override Result<SealedEntry> Seal(PhaseState phase, SealedEntry entry)
    {
        if (entry is not SealedReflection reflection)
            return RefusalCode.UnknownKind;
        if (reflection.Answers.Keys.Any(key => phase.Template.Set<ReflectSettings>().Questions.All(question => question.Key != key)))
            return RefusalCode.UnknownKind;
        if (reflection.Answers.Values.Any(value => value is < 1 or > Steps))
            return OutOfRange(1, Steps);
        var text = PlainText.ReadOptional(reflection.Text, Limits.ShortTextLength);
        if (!text.Ok)
            return text.Refusal!;
        if (reflection.Answers.Count == 0 && text.Value is null)
            return RefusalCode.TextMissing;
        return reflection with { Text = text.Value };
    }

    public override DialogueState Fold(DialogueState state, PhaseState phase, ActivityEvent happened) =>
        happened is ReflectionRevealed e ? state.WithPhase(phase.Id, p => p with { State = new ReflectState { Revealed = e } }) : state;
}
