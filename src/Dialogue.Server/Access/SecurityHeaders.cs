namespace Dialogue.Access;

/// <summary>
/// On each answer, errors included. Nothing inline, nothing from elsewhere; the one module that puts fragments in place owns
/// the Trusted Types policy <c>dialogue</c>.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        + "require-trusted-types-for 'script'; trusted-types dialogue";

    /// <summary>A picture that is opened as a document loads and runs nothing.</summary>
    private const string ContentSecurityPolicyOfPictures = "default-src 'none'; frame-ancestors 'none'";

    private const string PermissionsPolicy =
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), "
        + "geolocation=(), gyroscope=(), hid=(), idle-detection=(), interest-cohort=(), local-fonts=(), magnetometer=(), "
        + "microphone=(), midi=(), "
        + "payment=(), publickey-credentials-get=(self), screen-wake-lock=(self), serial=(), usb=(), xr-spatial-tracking=()";

    public Task Invoke(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (IsPartOfAPage(context.Response))
            {
                // The tag tells whether it changed, and nobody asks for a piece of it.
                headers.Remove("Last-Modified");
                headers.Remove("Accept-Ranges");
            }
            else if (IsPicture(context.Response))
            {
                headers.Remove("Last-Modified");
                headers.Remove("Accept-Ranges");
                headers.ContentSecurityPolicy = ContentSecurityPolicyOfPictures;
            }
            else
            {
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Permissions-Policy"] = PermissionsPolicy;
            }

            if (context.Request.IsHttps && !environment.IsDevelopment())
            {
                headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
            }

            headers.Remove("blazor-enhanced-nav");
            if (headers.CacheControl.Count == 0 && context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
            {
                headers.CacheControl = "private, no-cache"; // never in a shared cache; the back button still works
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>
    /// A script or a style is governed by the policies of the page that asks for it, and is the same in every language. Twenty of them with
    /// a kilobyte of policies each would be a third of what a phone must fetch. A picture that is a document (SVG) is not among them.
    /// </summary>
    internal static bool IsPartOfAPage(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK
        && response.ContentType is { } type
        && (type.StartsWith("text/javascript", StringComparison.Ordinal) || type.StartsWith("text/css", StringComparison.Ordinal));

    private static bool IsPicture(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK && response.ContentType?.StartsWith("image/", StringComparison.Ordinal) == true;
}
