using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Dialogue;

/// <summary>Plays the app on the phone of somebody who signs in with two steps.</summary>
internal static class AuthenticatorApp
{
    /// <summary>The six digits of RFC 6238.</summary>
    /// <param name="key">As the page shows it, in groups of four.</param>
    /// <param name="stepsFromNow">In steps of thirty seconds.</param>
    public static string CodeOf(string key, int stepsFromNow = 0)
    {
        var secret = new List<byte>();
        int buffer = 0,
            bits = 0;
        foreach (var letter in key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant())
        {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
                secret.Add((byte)(buffer >> (bits -= 8)));
            buffer &= (1 << bits) - 1;
        }

        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + stepsFromNow);
#pragma warning disable CA5350 // the standard says SHA-1
        var hash = HMACSHA1.HashData(secret.ToArray(), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
