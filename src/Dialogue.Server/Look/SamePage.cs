using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Dialogue.Look;

public static class SamePage
{
    /// <summary>The address of this page with one value of its query changed; also when an error page took its place.</summary>
    public static string With(this HttpContext? http, string name, string value)
    {
        if (http is null)
        {
            return $"?{name}={value}";
        }

        var original = http.Features.Get<IStatusCodeReExecuteFeature>();
        var path =
            original is not null ? new PathString(original.OriginalPath)
            : http.Features.Get<IExceptionHandlerPathFeature>() is { } failed ? new PathString(failed.Path)
            : http.Request.Path;
        var kept = QueryHelpers
            .ParseQuery(original is null ? http.Request.QueryString.Value : original.OriginalQueryString)
            .Where(part => part.Key is not ("culture" or "theme"))
            .SelectMany(part => part.Value.Select(text => KeyValuePair.Create(part.Key, text)));
        // Two slashes at the beginning would name another host.
        return "/"
            + path.ToUriComponent().TrimStart('/', '\\')
            + QueryString.Create(kept.Append(KeyValuePair.Create<string, string?>(name, value))).ToUriComponent();
    }
}
