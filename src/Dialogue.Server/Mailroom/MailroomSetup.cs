using Dialogue.Clock;

namespace Dialogue.Mailroom;

public static class MailroomSetup
{
    /// <summary>Outbox and the way out: a mail server when <c>Mail:Host</c> is set, else a folder.</summary>
    public static IServiceCollection AddMailroom(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(container =>
        {
            var section = container.GetService<IConfiguration>() ?? configuration;
            var settings = section.GetSection("Mail").Get<MailSettings>() ?? new MailSettings();
            var root = container.GetService<IHostEnvironment>()?.ContentRootPath ?? "";
            var address = section["PublicAddress"] is { Length: > 0 } known ? new Uri(known.TrimEnd('/') + "/") : settings.PublicAddress;
            return settings with { Folder = Path.GetFullPath(Path.Combine(root, settings.Folder)), PublicAddress = address };
        });
        services.AddSingleton<IPostalRoute>(container =>
        {
            var settings = container.GetRequiredService<MailSettings>();
            return string.IsNullOrEmpty(settings.Host) ? new FolderRoute(settings) : new SmtpRoute(settings);
        });
        services.AddSingleton<IDueWork, SendOutbox>();
        return services;
    }
}
