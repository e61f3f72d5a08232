using Microsoft.AspNetCore.Antiforgery;

namespace Dialogue.Access;

public static class Forms
{
    /// <summary>
    /// For an endpoint that takes a plain form post: the antiforgery token of our own page must be there. (The framework checks
    /// by itself only when an endpoint binds form fields; this makes it certain.)
    /// </summary>
    public static TBuilder IsForm<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
                ? await next(context)
                : Results.StatusCode(StatusCodes.Status400BadRequest));
}
