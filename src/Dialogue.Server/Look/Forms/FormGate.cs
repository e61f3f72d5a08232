using System.Text;
using Dialogue.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;

namespace Dialogue.Look.Forms;

/// <summary>
/// Every form of every page comes through here. Sent twice is done once. A form that is no longer on its page, or whose token is not
/// valid any more, gives the page as it is now with what was typed, never an empty answer. For endpoints without a page an invalid token
/// stays an error.
/// </summary>
public sealed class FormGate(RequestDelegate next, FormReceipts receipts, KeptForms kept)
{
    /// <summary>Readable for the script: the form of which the draft can go. Gone after a minute.</summary>
    public const string DoneCookie = "form-done";

    public async Task Invoke(HttpContext http)
    {
        var invalid = http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };
        var page = http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (page && HttpMethods.IsPost(http.Request.Method) && (!invalid || IsOwn(http.Request)))
        {
            if (invalid)
                http.Features.Set<IAntiforgeryValidationFeature>(null); // the form is read, and nothing is done with it
            if (!http.Request.HasFormContentType)
                await next(http);
            else
                await Post(http, await http.Request.ReadFormAsync(http.RequestAborted), invalid);
        }
        else if (invalid)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            if (page && HttpMethods.IsGet(http.Request.Method))
                await TakeBack(http);
            await next(http);
        }
    }

    private async Task Post(HttpContext http, IFormCollection form, bool invalid)
    {
        if (invalid)
        {
            await Redraw(http, FormPost.From(form, FormReturn.TokenExpired), StatusCodes.Status400BadRequest);
            return;
        }
        if (form.TryGetValue(FormPost.SwitchField, out var wish) && wish.ToString().Split('=') is [var what, var choice])
        {
            Switch(http, what, choice);
            await Redraw(http, FormPost.From(form, FormReturn.Switched), StatusCodes.Status200OK);
            return;
        }

        var who = FormId.Who(CurrentStaff.Remembered(http));
        if (FormReceipts.KeyOf(form, who, http.Request.Path + http.Request.QueryString) is not { } key)
        {
            await Perform(http, form);
            return;
        }

        var id = form[FormPost.IdField].ToString();
        using var held = await receipts.Enter(key, http.RequestAborted);
        if (await receipts.Find(key, id, http.RequestAborted) is { } answer)
        {
            SayDone(http, form);
            http.Response.Redirect(answer);
            return;
        }

        // Who clicks again breaks off the first request; what it asked for goes on, and the second gets its answer.
        http.RequestAborted = CancellationToken.None;
        await Perform(http, form);
        if (FormPost.Of(http).Done && http.Response is { StatusCode: StatusCodes.Status302Found, Headers.Location: [{ } location] })
            await receipts.Remember(key, id, location);
    }

    /// <summary>The answer of the page waits until it is known that the page has this form.</summary>
    private async Task Perform(HttpContext http, IFormCollection form)
    {
        var post = FormPost.From(form, FormReturn.None);
        http.Features.Set(post);
        var answer = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var waiting = new StreamResponseBodyFeature(body, answer);
        http.Features.Set<IHttpResponseBodyFeature>(waiting);
        try
        {
            await next(http);
            await waiting.CompleteAsync();
        }
        finally
        {
            http.Features.Set(answer);
        }

        var response = http.Response;
        if (!post.Handled && response.StatusCode == StatusCodes.Status400BadRequest && IsPlain(response.ContentType))
        {
            (response.StatusCode, response.ContentType, response.ContentLength) = (StatusCodes.Status200OK, null, null);
            await Redraw(http, FormPost.From(form, FormReturn.Gone), StatusCodes.Status409Conflict);
            return;
        }
        if (!post.Handled && IsRedirect(response.StatusCode))
            await KeepFor(
                http,
                FormPost.From(form, FormReturn.Gone),
                new Uri(new Uri("http://here"), response.Headers.Location.ToString()).AbsolutePath
            );
        if (post.Done)
            SayDone(http, form);
        if (body.Length > 0)
        {
            body.Position = 0;
            await body.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }

    /// <summary>Draws the page as if it was asked for, with what was typed in its forms.</summary>
    private async Task Redraw(HttpContext http, FormPost post, int status)
    {
        http.Features.Set(post);
        http.Request.Method = HttpMethods.Get;
        http.Response.Headers.Remove("blazor-enhanced-nav"); // the framework adds it at each drawing
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == StatusCodes.Status200OK)
                http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope(); // what drew the page the first time cannot draw it again
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await next(http);
            if (IsRedirect(http.Response.StatusCode) && !post.Drawn)
                await KeepFor(http, post, new Uri(new Uri("http://here"), http.Response.Headers.Location.ToString()).AbsolutePath);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    /// <summary>Around signing in: what was typed before the session was found to have ended is kept for afterwards.</summary>
    public static async Task KeepAtTheDoor(HttpContext http, RequestDelegate next)
    {
        var posted = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType;
        if (posted && AccessSetup.IsPage(http.Request))
            await TakeNullsOut(http.Request);
        await next(http);
        if (!posted || http.Response.HasStarted || !IsRedirect(http.Response.StatusCode) || !IsOwn(http.Request))
            return;
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaffOnlyAttribute>() is null || CurrentStaff.Remembered(http) is not null)
            return;
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        var post = FormPost.From(await http.Request.ReadFormAsync(http.RequestAborted), FormReturn.SignedIn);
        await KeepFor(http, post, http.Request.Path);
    }

    /// <summary>
    /// The framework refuses to read a form with a NUL in it, and would answer without a page. No text of people has one: it is left out.
    /// </summary>
    private static async Task TakeNullsOut(HttpRequest request)
    {
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return;
        using var reader = new StreamReader(request.Body, Encoding.Latin1);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body = new MemoryStream(Encoding.Latin1.GetBytes(body.Replace("%00", "", StringComparison.Ordinal)));
        request.ContentLength = request.Body.Length;
    }

    private static async Task KeepFor(HttpContext http, FormPost post, string path)
    {
        if (await http.RequestServices.GetRequiredService<KeptForms>().Keep(post, path, CancellationToken.None) is { } key)
            http.Response.Cookies.Append(KeptCookie(http), key, Cookie(http, KeptForms.Kept, readable: false));
    }

    /// <summary>Back on the page after signing in: the text that was kept, once.</summary>
    private async Task TakeBack(HttpContext http)
    {
        if (http.Request.Cookies[KeptCookie(http)] is not { Length: > 0 and <= 64 } key)
            return;
        if (await kept.Find(key, http.Request.Path, FormId.Who(CurrentStaff.Remembered(http)), http.RequestAborted) is not { } post)
            return;
        http.Features.Set(post);
        http.Response.Cookies.Delete(KeptCookie(http), Cookie(http, TimeSpan.Zero, readable: false));
    }

    private static void SayDone(HttpContext http, IFormCollection form)
    {
        var id = form.TryGetValue(FormPost.IdField, out var one) || form.TryGetValue(FormPost.DraftField, out one) ? one.ToString() : "";
        if (id is { Length: > 0 and <= 64 })
            http.Response.Cookies.Append(DoneCookie, id, Cookie(http, TimeSpan.FromMinutes(1), readable: true));
    }

    private static void Switch(HttpContext http, string what, string choice)
    {
        if (what == "culture")
            Language.Switch(http, choice);
        else if (what == "theme")
            Theme.Switch(http, choice);
    }

    private static CookieOptions Cookie(HttpContext http, TimeSpan age, bool readable) =>
        new()
        {
            HttpOnly = !readable,
            IsEssential = true,
            MaxAge = age,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        };

    private static string KeptCookie(HttpContext http) => http.Request.IsHttps ? "__Host-kept-form" : "kept-form";

    private static bool IsPlain(string? contentType) => contentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) != false;

    private static bool IsRedirect(int status) => status is StatusCodes.Status302Found or StatusCodes.Status303SeeOther;

    /// <summary>From a page of ours. Under our referrer policy a browser sends <c>Origin: null</c> with a form, and says this
    /// instead.</summary>
    private static bool IsOwn(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site]
            ? site == "same-origin"
            : Origins.IsOwn(request) && request.Headers.Origin.Count == 1;
}
