using System.Net;
using System.Net.Http.Json;
using Dialogue.Operations;

namespace Dialogue.Access;

/// <summary>What an operator can see of changes to accounts: who, by whom and what, without a name, an address or a secret.</summary>
public sealed class SecurityLogTests
{
    private const string NewPassword = "blauwe fiets in de regen";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Finding", "K8")]
    public async Task Changed_rights_passwords_and_links_are_each_a_line()
    {
        using var lines = new LoggedLines();
        await using var server = new RunningServer(lines, ("Logging:LogLevel:Dialogue.Security", "Information"));
        var (who, by) = (DemoOrganisation.CoachLead, DemoOrganisation.Administrator);
        using var administrator = await server.SignedIn(by.Email);
        using var own = await server.SignedIn(who.Email);
        await Form(
            own,
            "/account",
            "change-password",
            ("PasswordForm.Current", DemoOrganisation.Password),
            ("PasswordForm.New", NewPassword),
            ("PasswordForm.Again", NewPassword)
        );
        using var anyone = server.Browser();
        await Form(anyone, "/account/herstel", "ask-recovery", ("Form.Email", who.Email));
        var changed = await administrator.PutAsJsonAsync(
            $"/api/v1/people/{who.Id}",
            new { name = who.Name, roles = new[] { "facilitator" } },
            Stop
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await administrator.PostAsync($"/api/v1/people/{who.Id}/deactivate", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var security = lines.Take().Where(line => line.StartsWith(SecurityLog.Category, StringComparison.Ordinal)).ToArray();
        foreach (var what in new[] { $"Password of {who.Id}", $"sent to {who.Id}", $"Rights of {who.Id} changed by {by.Id}" })
            security.ShouldContain(line => line.Contains(what, StringComparison.Ordinal), string.Join('\n', security));
        foreach (var secret in new[] { NewPassword, who.Name, "femke", "dwb.voorbeeld", DemoOrganisation.Password })
            security.ShouldAllBe(line => !line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task Form(HttpClient http, string path, string handler, params (string, string)[] fields)
    {
        var page = await http.GetStringAsync(path, Stop);
        using var form = new FormUrlEncodedContent([
            new("_handler", handler),
            new("form", Browsers.FormToken(page)),
            .. fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)),
        ]);
        ((int)(await http.PostAsync(path, form, Stop)).StatusCode).ShouldBeLessThan(400, path);
    }
}
