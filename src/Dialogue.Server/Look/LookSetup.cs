using Dialogue.Access;
using Dialogue.Clock;
using Dialogue.Look.Forms;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Dialogue.Look;

/// <summary>The frame around every page: layout, words, languages, and the pages that answer when something is not there.</summary>
public static class LookSetup
{
    public static IServiceCollection AddLook(this IServiceCollection services)
    {
        services.AddLanguages();
        services.AddScoped<House>();
        services.AddSingleton<RefusalWords>();
        services.AddSingleton<FormReceipts>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<IDueWork, CleanForms>();
        services.AddRazorComponents(options => options.DetailedErrors = false);
        return services;
    }

    public static void UseLook(this IApplicationBuilder app)
    {
        app.UseLanguages();
        app.UseThemes();
        app.UseErrorPages();
    }

    /// <summary>After authorization: forms are done once, and never answered with nothing.</summary>
    public static void UseForms(this IApplicationBuilder app) => app.UseAntiforgery().UseMiddleware<FormGate>();

    /// <summary>Before authentication: what was typed is kept when it turns out that the session had ended.</summary>
    public static void UseKeptForms(this IApplicationBuilder app) => app.Use(FormGate.KeepAtTheDoor);

    /// <summary>An error becomes a page with words for people and stays a bare status or a problem document for programs.</summary>
    private static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseWhen(
            http => !AccessSetup.IsPage(http.Request),
            api =>
                api.UseExceptionHandler(
                        new ExceptionHandlerOptions
                        {
                            StatusCodeSelector = Status,
                            // What somebody sent and we could not read is no fault of ours.
                            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
                        }
                    )
                    .UseStatusCodePages()
        );
        app.UseWhen(
            http => AccessSetup.IsPage(http.Request),
            pages =>
            {
                pages.Use(AnswerHead);
                pages.UseExceptionHandler(
                    new ExceptionHandlerOptions
                    {
                        ExceptionHandlingPath = "/fout/500",
                        CreateScopeForErrors = true,
                        StatusCodeSelector = Status,
                        SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
                    }
                );
                pages.UseStatusCodePagesWithReExecute("/fout/{0}", createScopeForStatusCodePages: true);
                pages.Use(AskForErrorPage);
            }
        );
    }

    private static int Status(Exception exception) =>
        exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;

    /// <summary>
    /// Pages are mapped for GET and POST; who only asks for the head (a monitor, a link checker) gets it: the server drops the body.
    /// </summary>
    private static Task AnswerHead(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    }

    /// <summary>When a form post failed, the page that says so is asked for, not posted to.</summary>
    private static Task AskForErrorPage(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerPathFeature>() is not null)
        {
            http.Request.Method = HttpMethods.Get;
            http.Features.Set<IAntiforgeryValidationFeature>(null);
        }

        return next(http);
    }

    public static void MapLook(this IEndpointRouteBuilder app)
    {
        app.MapRazorComponents<App>().WithStaticAssets();
    }
}
