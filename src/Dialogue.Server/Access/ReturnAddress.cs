namespace Dialogue.Access;

/// <summary>Where to go after signing in (<c>terug</c>): a page of ours, never an address that somebody else wrote.</summary>
public static class ReturnAddress
{
    internal const string SecondFactor = "/account/tweede-stap";

    /// <returns>The address when it is a path of this installation, else <paramref name="otherwise"/>.</returns>
    public static string Local(string? address, string otherwise = "/vandaag") =>
        address is "/" or ['/', not ('/' or '\\'), ..]
        && address.Length <= 2000
        // A browser drops tabs and line ends from an address and reads a backslash as a slash: "/\t/elsewhere" is another site.
        && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')
        && !address.StartsWith("/inloggen", StringComparison.OrdinalIgnoreCase)
            ? address
            : otherwise;

    /// <summary>
    /// The sign-in page, with the page of this request to come back to; for whoever signed in and still has to set up the second factor,
    /// the page for that.
    /// </summary>
    public static string SignInFor(HttpRequest request) =>
        CurrentStaff.Session(request.HttpContext) is { MustAddSecondFactor: true }
            ? SecondFactor
            : SignInTo(request.PathBase + request.Path + request.QueryString);

    /// <param name="back">Where to after it; a path of this program.</param>
    public static string SignInTo(string back) => "/inloggen?terug=" + Uri.EscapeDataString(back);
}
