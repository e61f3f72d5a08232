using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Dialogue;

/// <summary>
/// A mail server on this machine that keeps what it is sent: enough of SMTP for one sender at a time, without encryption.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<MimeMessage> mails = new();
    private readonly Task listening;

    public MailServer()
    {
        listener.Start();
        listening = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Waits for a mail to this address of which the text holds this, and takes it away.</summary>
    public async Task<string> TextTo(string address, string holds = "")
    {
        for (var tries = 0; tries < 600; tries++)
        {
            for (var left = mails.Count; left > 0 && mails.TryDequeue(out var mail); left--)
            {
                if (mail.To.ToString() == address && mail.TextBody!.Contains(holds, StringComparison.Ordinal))
                    return mail.TextBody;
                mails.Enqueue(mail);
            }

            await Task.Delay(100, stop.Token);
        }

        throw new TimeoutException($"No mail to {address}.");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await listening;
        stop.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await Take(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException) { }
    }

    private async Task Take(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var word = line.Split(' ')[0].ToUpperInvariant();
            if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var text = new StringBuilder();
                // A line that begins with a full stop was sent with one more.
                while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".")
                    text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
                mails.Enqueue(await MimeMessage.LoadAsync(bytes, stop.Token));
                await writer.WriteLineAsync("250 kept");
            }
            else
            {
                await writer.WriteLineAsync(word == "QUIT" ? "221 bye" : "250 ok");
                if (word == "QUIT")
                    return;
            }
        }
    }
}
