using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Dialogue.Look.Forms;

/// <summary>Why a form is drawn with what somebody typed, other than that it was sent and has faults.</summary>
public enum FormReturn
{
    /// <summary>Nothing special: the form was posted in the ordinary way, or not at all.</summary>
    None,

    /// <summary>The form that was posted is no longer on the page: somebody else was first, or it was done before.</summary>
    Gone,

    /// <summary>The antiforgery token was not valid any more, so nothing was done.</summary>
    TokenExpired,

    /// <summary>The session had ended; after signing in the text is here again.</summary>
    SignedIn,

    /// <summary>Language or colours were switched, and the text came along.</summary>
    Switched,
}

/// <summary>
/// The form that came with this request, as it was typed. Fields show these values and not what was bound from them, so that a date that
/// cannot be read stays as it is on the screen. It belongs to the request and survives when the page is drawn a second time.
/// </summary>
public sealed class FormPost(string name, IReadOnlyDictionary<string, StringValues> values, FormReturn why)
{
    /// <summary>Hidden field with the random id of one drawing of a form: sent twice is done once.</summary>
    public const string IdField = "_form";

    /// <summary>Hidden field that only says which draft on the device this was; for forms that may be done twice.</summary>
    public const string DraftField = "_draft";

    /// <summary>Hidden field with the version of what is being edited.</summary>
    public const string BaseField = "_base";

    /// <summary>Hidden field with the labels of the texts in the form, a line for each: <c>name=label</c>.</summary>
    public const string LabelsField = "_labels";

    /// <summary>Hidden field that says whose text this is, as a hash.</summary>
    public const string WhoField = "_who";

    /// <summary>Set by the script: names of fields whose content the browser itself could not read.</summary>
    public const string UnreadableField = "_unreadable";

    /// <summary>Set by a button: language or colours, as <c>culture=en</c> or <c>theme=dark</c>.</summary>
    public const string SwitchField = "_switch";

    private const string HandlerField = "_handler";

    /// <summary>The name of the form, or empty when nothing was posted.</summary>
    public string Name { get; } = name;
    public IReadOnlyDictionary<string, StringValues> Values { get; } = values;
    public FormReturn Why { get; } = why;

    /// <summary>A form with this name is on the page.</summary>
    public bool Drawn { get; private set; }

    /// <summary>The form took the post: whatever the answer is, it is the answer of the page.</summary>
    public bool Handled { get; internal set; }

    /// <summary>What the form asked for is done. The redirect that follows is the answer to the same form sent again.</summary>
    public bool Done { get; internal set; }

    /// <summary>There are faults on the page: its title says so.</summary>
    public bool Failed { get; private set; }

    /// <summary>Something outside the form is to be drawn again: the title of the window, the list of kept text.</summary>
    public event EventHandler? Changed;

    /// <summary>The form of this request; an empty one when there is none.</summary>
    public static FormPost Of(HttpContext? http)
    {
        if (http?.Features.Get<FormPost>() is { } known)
            return known;
        var none = new FormPost("", new Dictionary<string, StringValues>(), FormReturn.None);
        http?.Features.Set(none);
        return none;
    }

    public static FormPost From(IEnumerable<KeyValuePair<string, StringValues>> form, FormReturn why)
    {
        var values = form.Where(field => !IsSecret(field.Key)).ToDictionary(StringComparer.Ordinal);
        return new FormPost(values.GetValueOrDefault(HandlerField).ToString(), values, why);
    }

    /// <summary>What must not be shown or kept: the antiforgery token and passwords.</summary>
    public static bool IsSecret(string name) =>
        name is "form"
        || name.EndsWith("Password", StringComparison.Ordinal)
        || name.EndsWith("Secret", StringComparison.Ordinal)
        || name.EndsWith("Again", StringComparison.Ordinal);

    /// <summary>Null when this form was not posted or has no such field.</summary>
    public string? Value(string form, string field) =>
        form == Name && Name.Length > 0 && Values.TryGetValue(field, out var value) ? value.ToString() : null;

    /// <summary>Whether this form was posted, now or before the page was drawn again.</summary>
    public bool Is(string form) => form == Name && Name.Length > 0;

    /// <summary>How many rows of a list were in the form: names like <c>Rows[3].Text</c>.</summary>
    public int Rows(string form, string list)
    {
        if (!Is(form))
            return 0;
        var start = list + "[";
        return Values
            .Keys.Where(name => name.StartsWith(start, StringComparison.Ordinal))
            .Select(name => int.TryParse(name[start.Length..].Split(']')[0], CultureInfo.InvariantCulture, out var row) ? row + 1 : 0)
            .DefaultIfEmpty()
            .Max();
    }

    /// <summary>The texts of the form with their labels, in the order of the page; for a page that has the form no more.</summary>
    public IEnumerable<(string Label, string Text)> Texts()
    {
        foreach (var line in Values.GetValueOrDefault(LabelsField).ToString().Split('\n'))
        {
            if (line.Split('=', 2) is [var field, var label] && Values.TryGetValue(field.Trim(), out var text) && !IsSecret(field.Trim()))
            {
                var words = PlainText.Clean(text.ToString());
                if (words.Length > 0)
                    yield return (PlainText.Clean(label), words);
            }
        }
    }

    private bool drawn;

    /// <summary>True for the first form that is drawn on this page.</summary>
    internal bool IsFirst()
    {
        var first = !drawn;
        drawn = true;
        return first;
    }

    internal void Draw()
    {
        Drawn = true;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    internal void Fail(bool failed)
    {
        Failed = failed;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
