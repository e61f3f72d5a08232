namespace Dialogue.Look.Forms;

/// <summary>The faults of one form, in the order in which the summary lists them. A page makes one and hands it to its form.</summary>
public sealed class FormErrors
{
    private readonly List<FormError> all = [];

    public IReadOnlyList<FormError> All => all;
    public bool Any => all.Count > 0;

    /// <summary>Somebody else changed it meanwhile: each field shows what is there now beside what was typed.</summary>
    public bool Conflict { get; private set; }

    /// <summary>The refusal that was said last, for programs that look at the page.</summary>
    public Answer.Refused? Refused { get; private set; }

    /// <param name="field">The name of the form value at which it is said.</param>
    /// <param name="anchor">The id that the summary leads to; when left out, that of the field.</param>
    public void Add(string field, string words, string? anchor = null) => all.Add(new FormError(field, words, anchor, null));

    /// <summary>A refusal, at a field when it is about one.</summary>
    public void Refuse(Answer.Refused refused, string? field = null)
    {
        Refused = refused;
        all.Add(new FormError(field, null, null, refused));
    }

    /// <summary>Both texts are shown; saving once more is a choice.</summary>
    public void Collide(Answer.Refused? refused = null)
    {
        Conflict = true;
        Refused = refused ?? new Answer.Refused(RefusalCode.AlreadyAdvanced);
    }

    public void Clear()
    {
        all.Clear();
        Conflict = false;
        Refused = null;
    }
}

/// <param name="Field">Null when it is about the form as a whole.</param>
/// <param name="Words">Null for a refusal, which has words of its own.</param>
/// <param name="Anchor">Null for the control of the field.</param>
public sealed record FormError(string? Field, string? Words, string? Anchor, Answer.Refused? Refused);

/// <summary>What a form tells the fields inside it.</summary>
public sealed class FormState(string name, FormPost post)
{
    private readonly List<Field> fields = [];

    public string Name => name;
    public FormErrors Errors { get; set; } = new();

    /// <summary>The form was posted, so its fields show what was typed.</summary>
    public bool Posted => post.Is(name);
    public IReadOnlyList<Field> Fields => fields;
    public event EventHandler? Changed;

    public string? Raw(string field) => post.Value(name, field);

    /// <summary>A box without a tick is not in a form that was posted.</summary>
    public bool Ticked(string field) => post.Values.TryGetValue(field, out var value) && value.Contains("true");

    /// <summary>The browser could not read what was typed and sent nothing instead.</summary>
    public bool Unreadable(string field) => post.Values.GetValueOrDefault(FormPost.UnreadableField).Contains(field);

    public void Has(Field field)
    {
        fields.Add(field);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>The id that a fault leads to; null when it is about the form as a whole.</summary>
    public string? AnchorOf(FormError error) =>
        error.Anchor
        ?? fields.Find(field => field.Name == error.Field)?.ControlId
        ?? (error.Field is null ? null : Field.IdOf(error.Field));

    public void HasNot(Field field) => fields.Remove(field);
}
