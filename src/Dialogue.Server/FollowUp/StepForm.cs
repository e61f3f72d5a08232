using System.Globalization;
using Dialogue.Wire;

namespace Dialogue.FollowUp;

/// <summary>How a step is asked on a page: its fields, and how what was typed becomes the step. One file per use case.</summary>
public abstract class StepForm
{
    /// <summary>In the order in which a page offers them: what carries the work on first, ways out last.</summary>
    public static IReadOnlyList<StepForm> All { get; } =
    [
        new AcceptAction(),
        new DeclineAction(),
        new PlanAction(),
        new StartAction(),
        new ReportDone(),
        new ReportProgress(),
        new BlockAction(),
        new UnblockAction(),
        new VerifyAction(),
        new RejectAction(),
        new JudgeEffect(),
        new CloseAction(),
        new ReofferAction(),
        new AppointVerifier(),
        new ChangeDueDate(),
        new HandOver(),
        new ReopenAction(),
        new SupersedeAction(),
        new DropAction(),
    ];

    public abstract ActionStepKind Kind { get; }

    /// <summary>The name on the wire and in the form, such as <c>change-due-date</c>.</summary>
    public string Name => ModelJson.Word(Kind);

    public abstract IEnumerable<StepField> Fields(AgreedActionRow row);

    public abstract Result<ActionStep> Read(StepInput input);

    /// <summary>The field at which a refusal of this step is said; null when it is about the step as a whole.</summary>
    public string? FieldOf(RefusalCode code)
    {
        var kind = code switch
        {
            RefusalCode.DateMissing or RefusalCode.DateOrder or RefusalCode.DatePassed or RefusalCode.SameDate => StepFieldKind.Date,
            RefusalCode.AddressInvalid => StepFieldKind.Email,
            _ => (StepFieldKind?)null,
        };
        var name = code switch
        {
            RefusalCode.ReasonMissing => "Reason",
            RefusalCode.SuccessorMissing => "Successor",
            _ => null,
        };
        return Fields(new AgreedActionRow()).FirstOrDefault(field => field.Name == name || field.Kind == kind)?.Name;
    }
}

public enum StepFieldKind
{
    Line,
    Text,
    Date,
    Email,
    Choice,
}

/// <param name="Name">Also the key of its label: <c>Field.{Name}</c>.</param>
/// <param name="Choices">For a choice: the words of each are at <c>{Name}.{choice}</c>.</param>
public sealed record StepField(
    string Name,
    StepFieldKind Kind,
    bool Required = false,
    string? Value = null,
    IReadOnlyList<string>? Choices = null
)
{
    public static StepField Line(string name, bool required = false, string? value = null) =>
        new(name, StepFieldKind.Line, required, value);

    public static StepField Text(string name, bool required = false, string? value = null) =>
        new(name, StepFieldKind.Text, required, value);

    public static StepField Date(string name, bool required = false, DateOnly? value = null) =>
        new(name, StepFieldKind.Date, required, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static StepField Email(string name) => new(name, StepFieldKind.Email);

    public static StepField Choice<T>(string name, params T[] choices)
        where T : struct, Enum =>
        new(
            name,
            StepFieldKind.Choice,
            Required: true,
            Choices: [.. (choices.Length > 0 ? choices : Enum.GetValues<T>()).Select(choice => choice.ToString())]
        );
}

/// <summary>What was typed, kept as it was so that a page can show it again beside an error.</summary>
public sealed class StepInput(IReadOnlyDictionary<string, string> values)
{
    public static StepInput None { get; } = new(new Dictionary<string, string>());

    public static StepInput From(IFormCollection form) => new(form.ToDictionary(field => field.Key, field => field.Value.ToString()));

    public string? this[string name] => values.GetValueOrDefault(name);

    public string Text(string name) => PlainText.Clean(values.GetValueOrDefault(name));

    public string? Optional(string name) => Text(name) is { Length: > 0 } text ? text : null;

    public DateOnly? Date(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public T? Choice<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Text(name), out var choice) && Enum.IsDefined(choice) ? choice : null;

    /// <summary>A person of whom at least the name was typed.</summary>
    public ActionPerson? Person(string name, string email) => Optional(name) is { } typed ? new(typed, Optional(email)) : null;
}
