using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dialogue.Mailroom;

/// <summary>The way out of the building: an outside port. Throws when the letter did not leave.</summary>
public interface IPostalRoute
{
    Task Send(MimeMessage message, CancellationToken stop);
}

/// <summary><c>Mail</c> in the configuration. Without a host, letters become files in a folder.</summary>
public sealed record MailSettings
{
    public string? Host { get; init; }
    public int Port { get; init; } = 587;
    public string? User { get; init; }
    public string? Password { get; init; }
    public string From { get; init; } = "dialoog@localhost";

    /// <summary>True: encrypted or not at all. Only turn it off for a relay on the same machine.</summary>
    public bool Tls { get; init; } = true;

    public string Folder { get; init; } = "data/mail";

    /// <summary>The address of this installation as people type it; links in letters start with it. From <c>PublicAddress</c>.</summary>
    public Uri PublicAddress { get; init; } = new("http://localhost:5080/");

    public string Link(string path) => new Uri(PublicAddress, path).ToString();
}

/// <summary>A mail server. One connection per letter: there are few, and a fresh one is never stale.</summary>
public sealed class SmtpRoute(MailSettings settings) : IPostalRoute
{
    public async Task Send(MimeMessage message, CancellationToken stop)
    {
        using var client = new SmtpClient { Timeout = 45_000 };
        var security =
            !settings.Tls ? SecureSocketOptions.None
            : settings.Port == 465 ? SecureSocketOptions.SslOnConnect
            : SecureSocketOptions.StartTls;
        await client.ConnectAsync(settings.Host!, settings.Port, security, stop);
        if (!string.IsNullOrEmpty(settings.User))
            await client.AuthenticateAsync(settings.User, settings.Password ?? "", stop);
        await client.SendAsync(message, stop);
        await client.DisconnectAsync(quit: true, stop);
    }
}

/// <summary>A folder of <c>.eml</c> files that any mail program opens: for trying things out and for tests.</summary>
public sealed class FolderRoute(MailSettings settings) : IPostalRoute
{
    public async Task Send(MimeMessage message, CancellationToken stop)
    {
        Directory.CreateDirectory(settings.Folder);
        var name = message.MessageId!.Split('@')[0];
        var path = Path.Combine(settings.Folder, $"{message.Date.UtcDateTime:yyyyMMdd-HHmmss}-{name}.eml");
        // Written beside its place and then moved: nobody ever reads half a letter.
        await message.WriteToAsync(path + ".part", stop);
        File.Move(path + ".part", path, overwrite: true);
    }
}
