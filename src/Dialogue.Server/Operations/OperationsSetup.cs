using System.IO.Compression;
using Dialogue.Access;
using Dialogue.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;

namespace Dialogue.Operations;

/// <summary>
/// What whoever runs this needs: health, the description of the API, limits on what comes in, compression of what goes out.
/// </summary>
public static class OperationsSetup
{
    public const int PageBytes = 256 * 1024;
    public const int ApiBytes = 64 * 1024;

    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        if (
            builder.Configuration["urls"] is null
            && builder.Configuration["http_ports"] is null
            && builder.Configuration["https_ports"] is null
        )
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        var connections = OpenConnections.OfThisProcess();
        builder.Services.AddSingleton(connections);
        // Clients come back within seconds of losing their line; waiting longer for those that hold one only delays the next start.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PageBytes;
            kestrel.ConfigureEndpointDefaults(connections.Watch);
        });
        builder.Services.PostConfigure<LoggerFilterOptions>(QuietLog.Hush);
        builder.Services.TryAddTime();
        builder.Services.AddSingleton<ConnectionCheckAllowance>();
        builder.Services.AddUseCases();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.SayWhatCannotBeRead);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi(
            "v1",
            options =>
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info.Title = "Dialogue";
                        document.Info.Version = typeof(Program).Assembly.GetName().Version?.ToString(3);
                        document.Servers = [];
                        return Task.CompletedTask;
                    }
                )
        );
        builder.Services.AddSingleton<DatabaseAnswers>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseAnswers>("database", tags: ["ready"]);
        builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        builder.Services.AddResponseCompression(options =>
        {
            // A secret and chosen text never share an answer here: form tokens are masked anew for each page.
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
        });
        return builder;
    }

    /// <summary>Programs send small messages; only a form of a page may be larger.</summary>
    public static void UseBodyLimits(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (
                    !Access.AccessSetup.IsPage(http.Request)
                    && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
                )
                {
                    limit.MaxRequestBodySize = ApiBytes;
                }

                return next(http);
            }
        );

    /// <summary>
    /// First of all: whoever comes when there are too many, or while the program ends, is told to come back. A page that reconnects at once
    /// would otherwise keep a program that ends waiting for it.
    /// </summary>
    public static void UseLoadShedding(this IApplicationBuilder app)
    {
        var ending = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        app.Use(OpenConnections.Answer);
        app.Use(
            (http, next) =>
            {
                if (!ending.IsCancellationRequested)
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                http.Response.Headers.RetryAfter = "2";
                http.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            }
        );
    }

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).OpenTo(Visitor.Anyone);
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") })
            .OpenTo(Visitor.Anyone);
        ConnectionCheck.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").OpenTo(Visitor.Anyone);
    }

    private static void TryAddTime(this IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceType == typeof(TimeProvider)))
        {
            services.AddSingleton(TimeProvider.System);
        }
    }
}
