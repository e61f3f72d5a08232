using System.Collections.Concurrent;

namespace Dialogue.Access;

/// <summary>
/// Another site may not use our visitor's cookie. A browser says where a request comes from; for the hub (every transport)
/// and for each change through the API that must be our own site: the address of this request, or the address that the installation says
/// it has (<c>PublicAddress</c>), for a proxy may change the one that arrives here. A program without browser headers and without cookies
/// may pass: it has nothing to steal and must show a token. A cookie without a word about its origin may not, except for the poll of a
/// connection: its key was given to whoever passed here, and is known to nobody else.
/// </summary>
public sealed partial class Origins(RequestDelegate next, IConfiguration configuration, ILogger<Origins> log)
{
    /// <summary>On the wire: the browser says another address than we know.</summary>
    public const string Foreign = "urn:dialogue:refusal:foreign-origin";

    private const int MostTold = 20;
    private readonly string? published = OriginOf(configuration["PublicAddress"]);
    private readonly ConcurrentDictionary<(string, string), bool> told = new();

    public Task Invoke(HttpContext context)
    {
        if (!IsGuarded(context.Request) || IsOwn(context.Request, published))
        {
            return next(context);
        }

        var (origin, own) = (Said(context.Request), OwnOf(context.Request));
        // Once for each pair, and for no more than twenty: a log that strangers can fill is read by nobody.
        if (told.Count < MostTold && told.TryAdd((origin, own), value: true))
        {
            ForeignOrigin(log, origin, own, published ?? "-");
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Results
            .Problem(
                statusCode: StatusCodes.Status403Forbidden,
                type: Foreign,
                title: context.RequestServices.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<Look.Words>>()[
                    "ForeignOrigin"
                ]
            )
            .ExecuteAsync(context);
    }

    private static bool IsGuarded(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        || (
            request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method)
        );

    /// <param name="published">The origin of <c>PublicAddress</c>, or null when there is none.</param>
    public static bool IsOwn(HttpRequest request, string? published = null)
    {
        var headers = request.Headers;
        if (headers.Origin.Count > 0)
        {
            return headers.Origin.Count == 1
                && (
                    string.Equals(headers.Origin[0], OwnOf(request), StringComparison.OrdinalIgnoreCase)
                    || (published is not null && string.Equals(headers.Origin[0], published, StringComparison.OrdinalIgnoreCase))
                );
        }

        var site = headers["Sec-Fetch-Site"];
        return site.Count > 0
            ? site.Count == 1 && string.Equals(site[0], "same-origin", StringComparison.Ordinal)
            : headers.Cookie.Count == 0 || IsPoll(request);
    }

    /// <summary>
    /// Browsers send no origin with a GET of their own site, and no <c>Sec-Fetch-Site</c> over plain http or from an old Safari. A web
    /// socket always has an origin, so it does not come here.
    /// </summary>
    private static bool IsPoll(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Upgrade.Count == 0
        && request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        && request.Query["id"] is [{ Length: > 0 }];

    private static string OwnOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static string? OriginOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null;

    private static string Said(HttpRequest request)
    {
        var said = request.Headers.Origin.Count > 0 ? request.Headers.Origin.ToString() : "(none)";
        return PlainText.Clean(said.Length <= 200 ? said : said[..200]);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A browser at {Origin} was refused: requests arrive here as {Own}, and PublicAddress is {Published}. When "
            + "people use that "
            + "address, set PublicAddress to it, let the proxy pass Host, and name the proxy in TrustedProxies."
    )]
    private static partial void ForeignOrigin(ILogger log, string origin, string own, string published);
}
