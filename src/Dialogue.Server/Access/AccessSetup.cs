using System.Net;
using Dialogue.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using IPNetwork = System.Net.IPNetwork;

namespace Dialogue.Access;

/// <summary>Who may come in: accounts, the cookie, and what a request must look like before anybody looks at it.</summary>
public static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<StaffSessions>();
        services.AddScoped<CurrentStaff>();
        services.AddScoped<ICurrentStaff>(container => container.GetRequiredService<CurrentStaff>());
        services.AddSingleton<WrongCodes>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<SignInDelays>();
        services.AddSingleton<UsedCodes>();
        services.AddScoped<SecondStep>();
        services.AddScoped<OwnPassword>();
        services.AddScoped<NewSession>();
        services.AddSingleton<RecoveryRequests>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<SessionEnds>();
        services.AddSingleton<StaffLines>();
        services.AddSingleton<AccountLetters>();
        services.AddSingleton<AccountLinks>();
        services.AddScoped<IPasswordHasher<Account>, NormalisedHasher>();
        services.AddScoped<IPasswordValidator<Account>, PasswordRules>();

        services
            .AddIdentityCore<Account>(options =>
            {
                // What a password must be is in PasswordRules; how long a wrong one makes wait is in SignInDelays.
                options.User.RequireUniqueEmail = true;
                options.Lockout.AllowedForNewUsers = false;
            })
            .AddSignInManager()
            .AddEntityFrameworkStores<DialogueDb>()
            .AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // A passkey replaces both steps, so the device must have asked for a finger, a face or a code.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            // Behind a proxy the public name counts; without one the name in the request does.
            if (Uri.TryCreate(configuration["PublicAddress"], UriKind.Absolute, out var address))
                options.ServerDomain = address.Host;
        });

        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, StaffCookie)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, HalfwayCookie);
        services.AddAuthorization();

        // Behind TLS on a proxy only the public address tells that cookies may be marked for https alone.
        var overHttps = configuration["PublicAddress"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = "form";
            options.Cookie.Name = overHttps ? "__Host-form" : "form";
            options.Cookie.SecurePolicy = overHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });

        // An address in a header is believed only when a proxy named here sent it.
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            // The framework reads two empty lists as "believe everybody"; without a named proxy nobody is believed.
            var proxies = configuration.GetSection("TrustedProxies").Get<string[]>() ?? [];
            options.ForwardedHeaders =
                proxies.Length == 0
                    ? ForwardedHeaders.None
                    : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
            {
                options.KnownIPNetworks.Add(
                    proxy.Contains('/', StringComparison.Ordinal)
                        ? IPNetwork.Parse(proxy)
                        : new IPNetwork(IPAddress.Parse(proxy), IPAddress.Parse(proxy).GetAddressBytes().Length * 8)
                );
            }
        });
        return services;
    }

    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        SignIn.Map(app);
        SignOut.Map(app);
        Me.Map(app);
        Passkeys.Map(app);
    }

    /// <summary>Between the first and the second step, and while a passkey is being asked for.</summary>
    private static void HalfwayCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "second-step";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new HostPrefixedCookies();
        options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        options.SlidingExpiration = false;
    }

    private static void StaffCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "staff";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new HostPrefixedCookies();
        options.ExpireTimeSpan = StaffSessions.Longest;
        options.SlidingExpiration = false;
        options.LoginPath = "/inloggen";
        options.AccessDeniedPath = null;
        options.ReturnUrlParameter = "terug";
        options.Events.OnValidatePrincipal = async check =>
        {
            var sessions = check.HttpContext.RequestServices.GetRequiredService<StaffSessions>();
            var staff = check.Principal is { } user ? await sessions.Find(user, check.HttpContext.RequestAborted) : null;
            CurrentStaff.Remember(check.HttpContext, staff);
            if (staff is null)
            {
                check.RejectPrincipal();
            }
        };
        options.Events.OnRedirectToLogin = redirect =>
        {
            if (IsPage(redirect.Request))
            {
                redirect.Response.Redirect(redirect.RedirectUri);
            }
            else
            {
                redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }

            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = denied =>
        {
            if (IsPage(denied.Request) && CurrentStaff.Session(denied.HttpContext) is { MustAddSecondFactor: true })
            {
                denied.Response.Redirect(ReturnAddress.SecondFactor);
                return Task.CompletedTask;
            }

            denied.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>Pages answer people with words; the API and the hub answer programs with a status.</summary>
    public static bool IsPage(HttpRequest request) =>
        !ForPrograms.Any(start => request.Path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] ForPrograms = ["/api", "/hubs", "/health", "/openapi"];

    /// <summary>Over https the name says that the cookie was set by this very host, over https, for all of it.</summary>
    private sealed class HostPrefixedCookies : ICookieManager
    {
        private readonly ChunkingCookieManager inner = new();

        public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, Name(context, key));

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
            inner.AppendResponseCookie(context, Name(context, key), value, options);

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
            inner.DeleteCookie(context, Name(context, key), options);

        private static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;
    }
}
