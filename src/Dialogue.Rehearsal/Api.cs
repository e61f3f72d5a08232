using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dialogue.Rehearsal;

/// <summary>
/// The public HTTP door, for one person: cookies are kept, the origin is told, and what is refused is said with its code.
/// </summary>
public sealed class Api : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpClient http;

    public Api(Uri url, string? token = null)
    {
        Url = url;
        Token = token;
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false })
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromSeconds(30),
        };
        http.DefaultRequestHeaders.Add("Origin", url.GetLeftPart(UriPartial.Authority));
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Url { get; }
    public string? Token { get; }
    public CookieContainer Cookies { get; } = new();

    /// <summary>Tries again, without end, when the server is away or busy: only for what may be done twice.</summary>
    public async Task<JsonElement> PostUntilAnswered(string path, object? body, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Post(path, body, stop);
            }
            catch (Exception e)
                when (!stop.IsCancellationRequested
                    && (
                        e is HttpRequestException or TaskCanceledException or IOException
                        || e is RehearsalFailed { Code: "too-fast" or "busy" }
                    )
                )
            {
                await Task.Delay(Random.Shared.Next(100, 400) * Math.Min(attempt, 8), stop);
            }
        }
    }

    public async Task<JsonElement> Post(string path, object? body, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(path, body ?? new { }, Json, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        if (!answer.IsSuccessStatusCode)
        {
            var code = "";
            try
            {
                code =
                    JsonDocument
                        .Parse(text)
                        .RootElement.GetProperty("type")
                        .GetString()
                        ?.Replace("urn:dialogue:refusal:", "", StringComparison.Ordinal)
                    ?? "";
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            { /* Not a problem document: the status says enough. */
            }
            throw new RehearsalFailed($"POST {path}: {(int)answer.StatusCode} {code} {(text.Length > 300 ? text[..300] : text)}", code);
        }
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public void Dispose() => http.Dispose();

    /// <summary>An id or a number, bare or as <c>{"value":…}</c>.</summary>
    public static string Bare(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => Bare(element.GetProperty("value")),
            JsonValueKind.String => element.GetString()!,
            _ => element.GetRawText(),
        };
}

/// <summary>The rehearsal cannot go on; the message says where it stood.</summary>
public sealed class RehearsalFailed(string message, string code = "") : Exception(message)
{
    public string Code { get; } = code;
}
