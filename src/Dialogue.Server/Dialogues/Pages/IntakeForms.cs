using System.Security.Cryptography;
using System.Text.Json;
using Dialogue.Wire;

namespace Dialogue.Dialogues.Pages;

/// <summary>The first part of the intake as it is typed: who asks, what for, who sees to it that something happens.</summary>
public sealed class IntakeForm
{
    public string? Sponsor { get; set; }
    public string? StatusOfOutcome { get; set; }
    public string? FollowUpOwner { get; set; }
    public string? FollowUpOwnerEmail { get; set; }
    public DateOnly? ReviewDate { get; set; }
    public string? Mandate { get; set; }
    public bool HierarchyPresent { get; set; }

    /// <summary>The mark of what was stored when the form was drawn; null when this part was not on the page.</summary>
    public string? Was { get; set; }

    /// <summary>Changes when somebody changes this part; the same for the same content.</summary>
    public static string MarkOf(Intake? intake) => Marks.Of((intake ?? new Intake()) with { Affected = [] });

    public static IntakeForm Of(Intake? intake) =>
        intake is null
            ? new()
            : new()
            {
                Sponsor = intake.Sponsor,
                StatusOfOutcome = intake.StatusOfOutcome?.Word(),
                FollowUpOwner = intake.FollowUpOwner,
                FollowUpOwnerEmail = intake.FollowUpOwnerEmail,
                ReviewDate = intake.ReviewDate,
                Mandate = intake.Mandate,
                HierarchyPresent = intake.HierarchyPresent,
            };

    /// <summary>This part anew; the groups that are affected stay as they were.</summary>
    public Intake Over(Intake? intake) =>
        (intake ?? new Intake()) with
        {
            Sponsor = Short(Sponsor),
            StatusOfOutcome = Choices.Read<OutcomeStatus>(StatusOfOutcome),
            FollowUpOwner = Short(FollowUpOwner),
            FollowUpOwnerEmail = Short(FollowUpOwnerEmail) is { Length: > 0 } address ? address : null,
            ReviewDate = ReviewDate,
            Mandate = Short(Mandate) is { Length: > 0 } mandate ? mandate : null,
            HierarchyPresent = HierarchyPresent,
        };

    internal static string Short(string? text) => PlainText.Cut(PlainText.Clean(text), Limits.ShortTextLength);
}

/// <summary>Who is affected, as rows of a form. A row without a name is a row that is not there.</summary>
public sealed class AffectedForm
{
    public const int Most = 40;

    /// <summary>Empty, never null, when the form that was sent had none.</summary>
    public List<Row> Rows
    {
        get;
        set => field = value ?? [];
    } = [];

    public string? More { get; set; }
    public string? Was { get; set; }

    public static string MarkOf(Intake? intake) => Marks.Of((intake ?? new Intake()).Affected);

    public static AffectedForm Of(Intake? intake) =>
        new()
        {
            Rows =
            [
                .. (intake?.Affected ?? []).Select(group => new Row
                {
                    Name = group.Name,
                    Chair = group.Chair?.Word(),
                    Note = group.Note,
                }),
            ],
        };

    public Intake Over(Intake? intake) =>
        (intake ?? new Intake()) with
        {
            Affected =
            [
                .. Rows.Where(row => IntakeForm.Short(row.Name).Length > 0)
                    .Take(Most)
                    .Select(row => new AffectedGroup(
                        IntakeForm.Short(row.Name),
                        Choices.Read<Chair>(row.Chair),
                        IntakeForm.Short(row.Note) is { Length: > 0 } note ? note : null
                    )),
            ],
        };

    public sealed class Row
    {
        public string? Name { get; set; }
        public string? Chair { get; set; }
        public string? Note { get; set; }
    }
}

/// <summary>A short mark of a part that is edited, to see whether somebody else changed it meanwhile.</summary>
internal static class Marks
{
    public static string Of<T>(T content) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, ModelJson.Lenient)))[..16];
}
