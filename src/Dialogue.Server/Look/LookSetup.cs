using Dialogue.Access;

namespace Dialogue.Look;

/// <summary>The frame around every page: layout, words, languages, and the pages that answer when something is not there.</summary>
public static class LookSetup
{
    public static IServiceCollection AddLook(this IServiceCollection services)
    {
        services.AddLanguages();
        services.AddSingleton<RefusalWords>();
        services.AddRazorComponents(options => options.DetailedErrors = false);
        return services;
    }

    /// <summary>An error becomes a page with words for people and stays a bare status or a problem document for programs.</summary>
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseWhen(http => !AccessSetup.IsPage(http.Request), api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(http => AccessSetup.IsPage(http.Request), pages =>
        {
            pages.UseExceptionHandler("/fout/500", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/fout/{0}", createScopeForStatusCodePages: true);
        });
    }

    public static void MapLook(this IEndpointRouteBuilder app)
    {
        FindDialogue.Map(app);
        app.MapRazorComponents<App>().WithStaticAssets();
    }
}
