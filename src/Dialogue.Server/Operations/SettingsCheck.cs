using System.Net;

namespace Dialogue.Operations;

/// <summary>
/// Settings with which the program would start and people could not use it. Each is one sentence for whoever installs; the program says the
/// first and does not start.
/// </summary>
public static class SettingsCheck
{
    /// <summary>As <c>EX_CONFIG</c> of sysexits: starting again does not help.</summary>
    public const int ExitCode = 78;

    public static IEnumerable<string> Faults(IConfiguration settings)
    {
        var proxies = settings.GetSection("TrustedProxies").Get<string[]>() ?? [];
        foreach (var proxy in proxies)
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                yield return $"TrustedProxies has '{proxy}', which is no address and no network: write 10.0.0.5 or 10.0.0.0/24.";

        var given = settings["PublicAddress"];
        if (string.IsNullOrWhiteSpace(given))
            yield break;
        if (!Uri.TryCreate(given, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return $"PublicAddress is '{given}', which is no whole address: write it as people type it, such as "
                + $"https://dialoog.example.nl.";
            yield break;
        }
        if (address.AbsolutePath != "/" || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            yield return $"PublicAddress is '{given}', and the program works only at the root of a host: give it a host name of its own, "
                + $"such as {address.Scheme}://dialoog.{address.Host}.";
        if (address.Scheme == "https" && proxies.Length == 0 && !ListensOnHttps(settings))
            yield return "PublicAddress is https and the program itself listens on http only, so a proxy must be in front; "
                + "TrustedProxies names "
                + "none. Set TrustedProxies to the address or network of that proxy, or no form and no live room would work.";
    }

    private static bool ListensOnHttps(IConfiguration settings) =>
        settings["https_ports"] is { Length: > 0 }
        || settings["urls"]?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true
        || settings
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Any(endpoint => endpoint["Url"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true);
}
