using System.Security.Cryptography;
using System.Text.Json;
using Dialogue.Cases;
using Dialogue.Templates;
using Dialogue.Wire;

namespace Dialogue.Dialogues.Pages;

/// <summary>
/// One list of the material as it is typed, with what its buttons say. A row without any words is a row that is not there.
/// </summary>
public abstract class MaterialForm<TRow>
    where TRow : MaterialRow, new()
{
    /// <summary>Empty, never null, when the form that was sent had none.</summary>
    public List<TRow> Rows
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The row whose button was pressed to take it out.</summary>
    public int? Remove { get; set; }

    /// <summary>Save and go on with a next row.</summary>
    public string? More { get; set; }

    /// <summary>Whoever typed it has looked at what might point at a citizen.</summary>
    public bool Confirmed { get; set; }

    /// <summary>The list as it was when the form was drawn, so that nobody writes over somebody else unseen.</summary>
    public string? Was { get; set; }

    public IEnumerable<TRow> Filled => Rows.Where(row => !row.IsEmpty);

    /// <summary>Rows on the screen: those that are there and an empty one to go on with.</summary>
    public IReadOnlyList<TRow> Shown(int atLeast, int atMost)
    {
        var shown = Rows.Take(Math.Max(atMost, Filled.Count())).ToList();
        while (shown.Count < atMost && (shown.Count < atLeast || !shown[^1].IsEmpty))
            shown.Add(new TRow());
        return shown;
    }

    /// <summary>A row was taken out, so the numbers of the rows are not those of what was posted.</summary>
    public bool Shifted { get; private set; }

    public void TakeOut()
    {
        if (Remove is { } place && place >= 0 && place < Rows.Count)
        {
            Rows.RemoveAt(place);
            Shifted = true;
        }
        Remove = null;
    }

    /// <summary>Other rows than were posted.</summary>
    public void Replace(List<TRow> rows) => (Rows, Shifted) = (rows, true);

    /// <summary>As many rows as were typed, when the page is drawn again with what was typed.</summary>
    public void Fill(int rows)
    {
        while (Rows.Count < rows)
            Rows.Add(new TRow());
    }

    /// <summary>What may point at a citizen in words that were not kept before.</summary>
    public IReadOnlyList<Suspected> Unconfirmed(IEnumerable<string?> known) =>
        Confirmed ? [] : PersonalDetails.In([.. Filled.SelectMany(row => row.Words).Select(PlainText.Clean).Except(known)]);

    protected static string Mark<T>(IEnumerable<T> list) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(list.ToArray(), ModelJson.Lenient)))[..16];
}

public abstract class MaterialRow
{
    public abstract IEnumerable<string?> Words { get; }
    public abstract bool HasErrors { get; }
    public bool IsEmpty => Words.All(Missing);

    public static bool Missing(string? text) => PlainText.Clean(text).Length == 0;

    public static bool TooLong(string? text, int limit) => PlainText.Clean(text).Length > limit;
}

/// <summary>The facts as they are typed.</summary>
public sealed class FactsForm : MaterialForm<FactsForm.Row>
{
    public static FactsForm Of(DialogueState state) =>
        new()
        {
            Was = MarkOf(state),
            Rows =
            [
                .. (state.Case?.Facts ?? []).Select(fact => new Row
                {
                    Text = fact.Text,
                    Certainty = fact.Certainty.Word(),
                    Source = fact.Source,
                }),
            ],
        };

    public static string MarkOf(DialogueState state) => Mark(state.Case?.Facts ?? []);

    public static IEnumerable<string?> WordsOf(DialogueState state) =>
        (state.Case?.Facts ?? []).SelectMany(fact => (string?[])[fact.Text, fact.Source]);

    public IReadOnlyList<Fact> Facts =>
        [
            .. Filled.Select(row => new Fact(
                PlainText.Clean(row.Text),
                Choices.Read<Certainty>(row.Certainty) ?? Certainty.ToCheck,
                PlainText.Clean(row.Source) is { Length: > 0 } source ? source : null
            )),
        ];

    public sealed class Row : MaterialRow
    {
        public string? Text { get; set; }
        public string? Certainty { get; set; }
        public string? Source { get; set; }

        public override IEnumerable<string?> Words => [Text, Source];
        public override bool HasErrors => Missing(Text) || TooLong(Text, Limits.MaterialLength) || TooLong(Source, Limits.ShortTextLength);
    }
}

/// <summary>The cards as they are typed.</summary>
public sealed class CardsForm : MaterialForm<CardsForm.Row>
{
    /// <summary>Back to the cards that the dialogue was prepared with.</summary>
    public string? Restore { get; set; }

    public static CardsForm Of(DialogueState state) => new() { Was = MarkOf(state), Rows = [.. state.Personas.Select(Row.Of)] };

    public static string MarkOf(DialogueState state) => Mark(state.Personas);

    public static IEnumerable<string?> WordsOf(DialogueState state) =>
        state.Personas.Concat(state.Examples).SelectMany(card => (string?[])[card.Name, card.Registered, card.NotRegistered]);

    public IReadOnlyList<Persona> Cards => [.. Filled.Select(row => row.Card)];

    public sealed class Row : MaterialRow
    {
        public string? Key { get; set; }
        public string? Name { get; set; }
        public string? Registered { get; set; }
        public string? NotRegistered { get; set; }

        internal static Row Of(Persona card) =>
            new()
            {
                Key = card.Key,
                Name = card.Name,
                Registered = card.Registered,
                NotRegistered = card.NotRegistered,
            };

        internal Persona Card => new(Key ?? "", PlainText.Clean(Name), PlainText.Clean(Registered), PlainText.Clean(NotRegistered));

        public override IEnumerable<string?> Words => [Name, Registered, NotRegistered];

        public override bool HasErrors =>
            Words.Any(Missing)
            || TooLong(Name, Limits.NameLength)
            || TooLong(Registered, Limits.MaterialLength)
            || TooLong(NotRegistered, Limits.MaterialLength);
    }
}
