using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dialogue.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Dialogue.Look.Forms;

/// <summary>
/// Keeps what was typed when the session of its writer had ended, until that same person signed in again in the same browser. The row can
/// be read only with the key in that browser's cookie; the database alone gives nothing away.
/// </summary>
public sealed class KeptForms(IDbContextFactory<DialogueDb> databases, IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    /// <summary>At most so many at once, and so many bytes each: strangers cannot fill the disk with it.</summary>
    private const int Most = 500;
    private const int Largest = 256 * 1024;

    /// <returns>The key for the cookie, or null when it could not be kept.</returns>
    public async Task<string?> Keep(FormPost post, string path, CancellationToken stop)
    {
        var who = post.Values.GetValueOrDefault(FormPost.WhoField).ToString();
        if (post.Name.Length == 0 || who.Length == 0)
            return null;
        var kept = new Content(
            path,
            who,
            post.Why,
            post.Values.ToDictionary(field => field.Key, field => field.Value.ToArray(), StringComparer.Ordinal)
        );
        var bytes = JsonSerializer.SerializeToUtf8Bytes(kept);
        if (bytes.Length > Largest)
            return null;
        var key = FormId.New();
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await db.Set<KeptFormRow>().CountAsync(stop) >= Most)
            return null;
        db.Add(
            new KeptFormRow
            {
                Key = Hash(key),
                Typed = Protector(key).Protect(bytes),
                Until = time.GetUtcNow() + Kept,
            }
        );
        await db.SaveChangesAsync(stop);
        return key;
    }

    /// <summary>What belongs to this page and this person; null when there is nothing of theirs.</summary>
    public async Task<FormPost?> Find(string key, string path, string who, CancellationToken stop)
    {
        var (hash, now) = (Hash(key), time.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(stop);
        var typed = await db.Set<KeptFormRow>()
            .Where(row => row.Key == hash && row.Until > now)
            .Select(row => row.Typed)
            .SingleOrDefaultAsync(stop);
        if (typed is null)
            return null;
        var kept = JsonSerializer.Deserialize<Content>(Protector(key).Unprotect(typed))!;
        return kept.Path == path && kept.Who == who
            ? FormPost.From(kept.Values.Select(field => KeyValuePair.Create(field.Key, new StringValues(field.Value))), kept.Why)
            : null;
    }

    private IDataProtector Protector(string key) => protection.CreateProtector("Dialogue.KeptForms", key);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private sealed record Content(string Path, string Who, FormReturn Why, Dictionary<string, string?[]> Values);
}
