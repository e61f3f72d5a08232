using System.Globalization;
using Dialogue.Templates;

namespace Dialogue;

/// <summary>What is prepared before the dialogue begins: facts, each with its certainty, and the cards that are dealt.</summary>
public static class Material
{
    /// <summary>Whether the method deals cards at all.</summary>
    public static bool DealsCards(this DialogueState state) =>
        state.Phases.Any(phase => phase.Template.Set<Activities.Contribute.ContributeSettings>().Personas);

    /// <summary>A card as the product came with it, not yet made for this case.</summary>
    public static bool IsExample(this DialogueState state, Persona card) => state.Examples.Contains(card);

    /// <summary>Whether a prepared fact is among the items already, shown or hidden since.</summary>
    public static bool Holds(this DialogueState state, Fact fact) =>
        state.Items.Values.Any(held =>
            held.Item.Kind == ItemKind.Fact && held.Item.Text == fact.Text && held.Item.Certainty == fact.Certainty
        );

    internal static Ruling Record(DialogueState state, RecordMaterial c)
    {
        var happened = new List<DialogueEvent>();
        if (c.Facts is not null)
        {
            var facts = Clean(c.Facts);
            if (!facts.Ok)
                return facts.Refusal!;
            happened.Add(new FactsRecorded(facts.Value!));
        }

        if (c.Cards is not null)
        {
            if (!state.DealsCards())
                return RefusalCode.NoCardsHere;
            var cards = Clean(c.Cards);
            if (!cards.Ok)
                return cards.Refusal!;
            happened.Add(new CardsRecorded(cards.Value!));
        }

        return happened.Count > 0 ? happened : RefusalCode.TextMissing;
    }

    private static Result<Fact[]> Clean(IReadOnlyList<Fact> facts)
    {
        if (facts.Count > Limits.FactsPrepared)
            return OutOfRange(RefusalCode.TooManyFacts, 0, Limits.FactsPrepared);
        var clean = new List<Fact>(facts.Count);
        foreach (var fact in facts)
        {
            var text = PlainText.Read(fact?.Text, Limits.MaterialLength);
            if (!text.Ok)
                return text.Refusal!;
            var source = PlainText.ReadOptional(fact!.Source, Limits.ShortTextLength);
            if (!source.Ok)
                return source.Refusal!;
            clean.Add(new Fact(text.Value!, fact.Certainty, source.Value));
        }

        // The same fact twice is one fact.
        return clean.DistinctBy(fact => (fact.Text, fact.Certainty)).ToArray();
    }

    private static Result<Persona[]> Clean(IReadOnlyList<Persona> cards)
    {
        if (cards.Count is < Limits.CardsAtLeast or > Limits.CardsAtMost)
            return OutOfRange(RefusalCode.CardsOutOfRange, Limits.CardsAtLeast, Limits.CardsAtMost);
        var clean = new List<Persona>(cards.Count);
        foreach (var card in cards)
        {
            var name = PlainText.Read(card?.Name, Limits.NameLength);
            if (!name.Ok)
                return name.Refusal!;
            var registered = PlainText.Read(card!.Registered, Limits.MaterialLength);
            if (!registered.Ok)
                return registered.Refusal!;
            var notRegistered = PlainText.Read(card.NotRegistered, Limits.MaterialLength);
            if (!notRegistered.Ok)
                return notRegistered.Refusal!;
            clean.Add(new Persona(KeyAmong(clean, card.Key), name.Value!, registered.Value!, notRegistered.Value!));
        }

        return clean.ToArray();
    }

    /// <summary>A card keeps its key; one without, or with a key that is taken, gets the next free number.</summary>
    private static string KeyAmong(List<Persona> cards, string? key) =>
        IsKey(key) && cards.TrueForAll(card => card.Key != key)
            ? key!
            : Enumerable
                .Range(1, Limits.CardsAtMost * 2)
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"kaart-{number}"))
                .First(free => cards.TrueForAll(card => card.Key != free));

    private static Answer.Refused OutOfRange(RefusalCode code, int min, int max) =>
        new(
            code,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["min"] = min.ToString(CultureInfo.InvariantCulture),
                ["max"] = max.ToString(CultureInfo.InvariantCulture),
            }
        );

    private static bool IsKey(string? key) =>
        key is { Length: > 0 and <= 40 }
        && key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
