using System.Globalization;

namespace Dialogue.Organisations.Settings;

/// <summary>What was typed about the organisation, kept as it was typed.</summary>
public sealed class OrganisationForm
{
    public string? Name { get; set; }
    public string? Address { get; set; }
    public string? TimeZone { get; set; }
    public string? Language { get; set; }
    public string? Accent { get; set; }
    public string[] WorkingDays { get; set; } = [];
    public bool RequireSecondFactor { get; set; }
    public string? Level { get; set; }
    public string? RemindDaysBefore { get; set; }
    public string? AnswerWorkingDays { get; set; }
    public string? LateDays { get; set; }
    public string? LateDaysSponsor { get; set; }
    public string? LateDaysPortfolio { get; set; }
    public string? LateDaysBoard { get; set; }

    public static OrganisationForm Of(OrganisationSettings known) =>
        new()
        {
            Name = known.Name,
            Address = known.Address,
            TimeZone = known.TimeZone,
            Language = known.Language,
            Accent = known.Accent,
            WorkingDays = [.. known.WorkingDays.Select(day => day.ToString())],
            RequireSecondFactor = known.RequireSecondFactor,
            Level = known.Level.ToString(),
            RemindDaysBefore = Text(known.RemindDaysBefore),
            AnswerWorkingDays = Text(known.AnswerWorkingDays),
            LateDays = Text(known.LateDays),
            LateDaysSponsor = Text(known.LateDaysSponsor),
            LateDaysPortfolio = Text(known.LateDaysPortfolio),
            LateDaysBoard = Text(known.LateDaysBoard),
        };

    /// <summary>A number that cannot be read becomes 0, which the change refuses.</summary>
    public ChangeOrganisation Change(int version) =>
        new(
            Name,
            Address,
            TimeZone,
            Language,
            Accent,
            [.. (WorkingDays ?? []).Select(day => Enum.TryParse<WorkingDays>(day, out var known) ? known : default)],
            RequireSecondFactor,
            Enum.TryParse<DialogueLevel>(Level, out var level) ? level : (DialogueLevel)(-1),
            Number(RemindDaysBefore),
            Number(AnswerWorkingDays),
            Number(LateDays),
            Number(LateDaysSponsor),
            Number(LateDaysPortfolio),
            Number(LateDaysBoard),
            version
        );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
