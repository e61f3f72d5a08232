using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dialogue.Clock;
using Dialogue.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Dialogue.Look.Forms;

/// <summary>
/// Remembers which form was done and what it answered. The same drawing of a form with the same text, sent again by the same person to
/// the same page, is not done again. Other text under the same id (somebody went back and wrote on) is a new wish. Two at once on this
/// node wait for each other. A crash between the act and its receipt can still lead to a second act: the receipt is not in the
/// transaction of the act (ADR 0010).
/// </summary>
public sealed partial class FormReceipts(
    IDbContextFactory<DialogueDb> databases,
    IDataProtectionProvider protection,
    TimeProvider time,
    ILogger<FormReceipts> log
)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Null when the form has no id: it may be done twice.</summary>
    public static byte[]? KeyOf(IFormCollection form, string who, string page)
    {
        if (form[FormPost.IdField] is not [{ Length: > 0 and <= 64 } id])
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string[])[id, who, page])
            Append(hash, part);
        foreach (var (name, values) in form.Where(field => field.Key != "form").OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            foreach (var value in values)
                Append(hash, value ?? "");
        }
        return hash.GetHashAndReset();
    }

    /// <summary>Only one at a time with the same key: the second waits for the answer of the first.</summary>
    public async Task<IDisposable> Enter(byte[] key, CancellationToken stop)
    {
        var gate = gates[key[0]];
        await gate.WaitAsync(stop);
        return new Held(gate);
    }

    /// <summary>Where the first answer led, or null when this form was not done.</summary>
    public async Task<string?> Find(byte[] key, string id, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var answer = await db.Set<FormReceiptRow>().Where(row => row.Key == key).Select(row => row.Answer).SingleOrDefaultAsync(stop);
        return answer is null ? null : Encoding.UTF8.GetString(Protector(id).Unprotect(answer));
    }

    public async Task Remember(byte[] key, string id, string answer)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            db.Add(
                new FormReceiptRow
                {
                    Key = key,
                    Answer = Protector(id).Protect(Encoding.UTF8.GetBytes(answer)),
                    At = time.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync();
        }
        catch (Exception problem) when (problem is DbUpdateException or System.Data.Common.DbException)
        {
            NotRemembered(log, problem); // what was asked for is done all the same
        }
    }

    private IDataProtector Protector(string id) => protection.CreateProtector("Dialogue.FormReceipts", id);

    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[4];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A form was done, and its receipt was not stored: sent again it is done again.")]
    private static partial void NotRemembered(ILogger log, Exception problem);
}

/// <summary>Deletes receipts after a day and kept text after half an hour.</summary>
internal sealed class CleanForms(IDbContextFactory<DialogueDb> databases) : IDueWork
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private DateTimeOffset last = DateTimeOffset.MinValue;

    public string Name => "clean-forms";

    public async Task<int> DoDue(DateTimeOffset now, CancellationToken stop)
    {
        if (now - last < Every)
            return 0;
        last = now;
        var old = now - FormReceipts.Kept;
        await using var db = await databases.CreateDbContextAsync(stop);
        await db.Set<KeptFormRow>().Where(row => row.Until < now).ExecuteDeleteAsync(stop);
        await db.Set<FormReceiptRow>().Where(row => row.At < old).ExecuteDeleteAsync(stop);
        return 0;
    }
}
