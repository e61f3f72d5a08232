using System.Globalization;

namespace Dialogue.Dialogues.Pages;

/// <summary>The first part of the intake as it is typed: who asks, what for, who sees to it that something happens.</summary>
public sealed class IntakeForm
{
    public string? Sponsor { get; set; }
    public string? StatusOfOutcome { get; set; }
    public string? FollowUpOwner { get; set; }
    public string? FollowUpOwnerEmail { get; set; }
    /// <summary>As it was typed; see <see cref="Review"/>.</summary>
    public string? ReviewDate { get; set; }
    public string? Mandate { get; set; }
    public bool HierarchyPresent { get; set; }

    public static IntakeForm Of(Intake? intake) =>
        intake is null
            ? new()
            : new()
            {
                Sponsor = intake.Sponsor,
                StatusOfOutcome = intake.StatusOfOutcome?.Word(),
                FollowUpOwner = intake.FollowUpOwner,
                FollowUpOwnerEmail = intake.FollowUpOwnerEmail,
                ReviewDate = intake.ReviewDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Mandate = intake.Mandate,
                HierarchyPresent = intake.HierarchyPresent,
            };

    /// <summary>The date that was typed; a refusal when it cannot be read, and then nothing is saved. Empty is no date.</summary>
    public Result<DateOnly?> Review =>
        string.IsNullOrWhiteSpace(ReviewDate) ? (DateOnly?)null
        : DateOnly.TryParseExact(ReviewDate.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year >= Limits.FirstYear
            ? date
        : RefusalCode.DateUnreadable;

    /// <summary>This part anew; the groups that are affected stay as they were.</summary>
    public Intake Over(Intake? intake) =>
        (intake ?? new Intake()) with
        {
            Sponsor = Short(Sponsor),
            StatusOfOutcome = Choices.Read<OutcomeStatus>(StatusOfOutcome),
            FollowUpOwner = Short(FollowUpOwner),
            FollowUpOwnerEmail = Short(FollowUpOwnerEmail) is { Length: > 0 } address ? address : null,
            ReviewDate = Review.Value,
            Mandate = Short(Mandate) is { Length: > 0 } mandate ? mandate : null,
            HierarchyPresent = HierarchyPresent,
        };

    internal static string Short(string? text) =>
        PlainText.Clean(text) is var clean && clean.Length > Limits.ShortTextLength ? clean[..Limits.ShortTextLength] : clean;
}

/// <summary>Who is affected, as rows of a form. A row without a name is a row that is not there.</summary>
public sealed class AffectedForm
{
    public const int Most = 40;

    public List<Row> Rows { get; set; } = [];
    public string? More { get; set; }

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
