namespace Dialogue.Access;

/// <summary>
/// Another site may not use our visitor's cookie. A browser says where a request comes from; for the hub (every transport)
/// and for each change through the API that must be our own site. A program without browser headers and without cookies may
/// pass: it has nothing to steal and must show a token. A cookie without a word about its origin may not.
/// </summary>
public sealed class Origins(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        if (!IsGuarded(context.Request) || IsOwn(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsGuarded(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        || (
            request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method)
        );

    public static bool IsOwn(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.Origin.Count > 0)
        {
            return headers.Origin.Count == 1
                && string.Equals(headers.Origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        }

        var site = headers["Sec-Fetch-Site"];
        return site.Count > 0
            ? site.Count == 1 && string.Equals(site[0], "same-origin", StringComparison.Ordinal)
            : headers.Cookie.Count == 0;
    }
}
