using Dialogue.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Trail;

/// <summary>What something was done to.</summary>
/// <param name="Kind">A word of the program, such as <c>account</c>, <c>unit</c>, <c>dialogue</c>; at most 40 characters.</param>
/// <param name="Id">Which one; null when there is only one of this kind. At most 60 characters.</param>
public sealed record AuditSubject(string Kind, string? Id = null)
{
    public AuditSubject(string kind, Guid id)
        : this(kind, id.ToString()) { }
}

/// <summary>Writes lines of the audit trail, and tells whether there is one.</summary>
public static class Audit
{
    /// <summary>Whether this was done by this person after a moment: what people do often is told once.</summary>
    public static Task<bool> IsThere(
        DialogueDb db,
        Guid organisation,
        Guid by,
        AuditAct act,
        AuditSubject subject,
        DateTimeOffset after,
        CancellationToken stop
    ) =>
        db.Set<AuditRow>()
            .AnyAsync(
                line =>
                    line.OrganisationId == organisation
                    && line.At > after
                    && line.Act == act
                    && line.AccountId == by
                    && line.SubjectKind == subject.Kind
                    && line.SubjectId == subject.Id,
                stop
            );

    /// <summary>
    /// Adds a line to the caller's context: it is saved with what it tells about, or not at all. For an act that changes nothing in the
    /// database (opening, exporting) the caller saves the line alone, before it gives anything away.
    /// </summary>
    /// <param name="organisation">Whose trail it is in.</param>
    /// <param name="by">The account of whoever does it; null for the program itself.</param>
    /// <param name="detail">Facts of the program: no names of people, no mail addresses, no words of people. Cut at 400 characters.</param>
    public static void Record(
        DialogueDb db,
        Guid organisation,
        Guid? by,
        AuditAct act,
        AuditSubject subject,
        DateTimeOffset now,
        string? detail = null
    ) =>
        db.Add(
            new AuditRow
            {
                Id = Guid.CreateVersion7(now),
                OrganisationId = organisation,
                At = now,
                AccountId = by,
                Act = act,
                SubjectKind = subject.Kind,
                SubjectId = subject.Id,
                Detail = detail is { Length: > AuditRow.MostDetail } ? detail[..AuditRow.MostDetail] : detail,
            }
        );
}
