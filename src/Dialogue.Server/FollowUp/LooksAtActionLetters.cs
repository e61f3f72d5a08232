using System.Text.Json;
using Dialogue.Mailroom;
using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.FollowUp;

/// <summary>Why a letter about actions was written; kept with it, so that it can be seen at sending whether that still holds.</summary>
/// <param name="Account">The account of the receiver; null for somebody without one.</param>
/// <param name="Email">The address at the time of writing.</param>
public sealed record LetterReason(LetterKind Kind, Guid? Account, string Email, IReadOnlyList<LetterReason.Item> Items)
{
    /// <param name="Nudge">For a reminder: which.</param>
    public sealed record Item(Guid Action, NudgeKind? Nudge = null, NudgeTo? To = null, DateOnly? About = null, int Round = 0);

    public string Write() => JsonSerializer.Serialize(this);

    public static LetterReason Read(string facts) => JsonSerializer.Deserialize<LetterReason>(facts)!;
}

public enum LetterKind
{
    AskOwner,
    AskVerifier,
    TellRejected,
    Renew,
    Remind,
}

/// <summary>
/// Looks once more at a letter about agreed actions when it leaves: actions for which the reason is gone are left out, a letter without
/// any is dropped, and who has an account is written to at the address of now.
/// </summary>
public sealed class LooksAtActionLetters(ActionLetters letters, FollowUpPolicies policies) : ILooksAtLetters
{
    public const string Key = "follow-up";

    public string Name => Key;

    public async Task<Letter?> LookAgain(DialogueDb db, string facts, Letter written, DateTimeOffset now, CancellationToken stop)
    {
        var reason = LetterReason.Read(facts);
        var ids = reason.Items.Select(item => item.Action).Distinct().ToList();
        var rows = await db.Set<AgreedActionRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, stop);
        var reach = await Reach.Read(db, rows.Values, stop);
        var policy = await policies.Of(db, [.. rows.Values.Select(row => row.OrganisationId)], stop);
        var holds = reason.Items.Where(item => rows.TryGetValue(item.Action, out var row) && Holds(row, item)).ToList();
        if (holds.Count == 0)
            return null;

        var first = rows[holds[0].Action];
        if (Now(first, holds[0]) is not { } to)
            return null;
        if (holds.Count == reason.Items.Count && string.Equals(to.Email, reason.Email, StringComparison.OrdinalIgnoreCase))
            return written;
        return reason.Kind switch
        {
            LetterKind.AskOwner => letters.OwnerLetter(db, [.. holds.Select(item => rows[item.Action])], to, now),
            LetterKind.Remind => letters.Reminder(
                db,
                to,
                [
                    .. holds.Select(item =>
                        (rows[item.Action], new Nudge(item.Nudge!.Value, item.To!.Value, item.About!.Value, item.Round, default))
                    ),
                ],
                now
            ),
            LetterKind.AskVerifier => letters.VerifierLetter(db, first, to, now),
            _ => written with { To = to.Email },
        };

        bool Holds(AgreedActionRow row, LetterReason.Item item) =>
            reason.Kind switch
            {
                LetterKind.AskOwner => row.State is ActionState.Offered or ActionState.HandedOver && IsThePerson(reach.Owner(row)),
                LetterKind.AskVerifier => row.State == ActionState.ReportedDone && IsThePerson(reach.Verifier(row)),
                LetterKind.TellRejected => row.State == ActionState.Rejected && IsThePerson(reach.Owner(row)),
                LetterKind.Renew => !ActionChanges.Read(row).IsEnded && (IsThePerson(reach.Owner(row)) || IsThePerson(reach.Verifier(row))),
                _ => NudgePlan
                    .For(ActionChanges.Read(row), policy[row.OrganisationId])
                    .Any(nudge => nudge.Kind == item.Nudge && nudge.About == item.About && nudge.Round == item.Round),
            };

        // Whoever it was written for, at the address of now; for a reminder also whoever comes in the place of an account that has ended.
        Receiver? Now(AgreedActionRow row, LetterReason.Item item)
        {
            IReadOnlyList<Receiver> receivers = reason.Kind switch
            {
                LetterKind.Remind => reach.Receivers(row, item.To!.Value),
                LetterKind.AskVerifier => reach.Verifier(row) is { } verifier ? [verifier] : [],
                LetterKind.Renew => [.. new[] { reach.Owner(row), reach.Verifier(row) }.OfType<Receiver>()],
                _ => reach.Owner(row) is { } owner ? [owner] : [],
            };
            return receivers.FirstOrDefault(IsThePerson) ?? (reason.Kind == LetterKind.Remind ? receivers.FirstOrDefault() : null);
        }

        bool IsThePerson(Receiver? one) =>
            one is not null
            && (
                reason.Account is { } account
                    ? one.Account == account
                    : string.Equals(one.Email, reason.Email, StringComparison.OrdinalIgnoreCase)
            );
    }
}
