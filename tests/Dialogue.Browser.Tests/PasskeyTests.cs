using System.Text.Json;
using Dialogue.Operations;

namespace Dialogue;

/// <summary>One's own account in a real browser: passkeys, with an authenticator that Chromium plays, and codes of an app.</summary>
public sealed class PasskeyTests(Browsers browsers)
{
    [Fact]
    public async Task Somebody_adds_a_passkey_and_signs_in_with_it_instead_of_a_password()
    {
        await using var visitor = await Visitor.Arrives(browsers, "Joris");
        var page = visitor.Page;
        var devtools = await visitor.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = JsonSerializer.SerializeToElement(
                    new
                    {
                        protocol = "ctap2",
                        transport = "internal",
                        hasResidentKey = true,
                        hasUserVerification = true,
                        isUserVerified = true,
                        automaticPresenceSimulation = true,
                    }
                ),
            }
        );

        await Table.SignIn(visitor, "joris.tamboer");
        await visitor.Go("/account");
        await visitor.Shot("account", whole: true);
        // A list to choose from can be told from a box to type in.
        (await visitor["select.utrecht-select"].First.EvaluateAsync<string>("one => getComputedStyle(one).backgroundImage")).ShouldContain(
            "linear-gradient"
        );
        await visitor["[data-passkey-fold] > summary"].ClickAsync();
        await visitor.Fill("#veld-Passkey-Name", "laptop van het werk");
        await visitor.Fill("#veld-Passkey-Password", "niet het goede wachtwoord");
        visitor.MaySay = said => said.Contains("403", StringComparison.Ordinal);
        await visitor["[data-passkey=add] button"].ClickAsync();
        await Expect(visitor["[data-passkey=add] [role=alert]"]).ToBeVisibleAsync();
        await visitor.Fill("#veld-Passkey-Password", DemoOrganisation.Password);
        await visitor["[data-passkey=add] button"].ClickAsync();
        await page.WaitForURLAsync("**/account?gedaan=passkey");
        await Expect(page.GetByText("laptop van het werk").First).ToBeVisibleAsync();
        await visitor.Shot("account-with-passkey", whole: true);
        await Fits(visitor, "/account");

        await visitor.Context.ClearCookiesAsync();
        await visitor.Go("/inloggen?terug=%2Fvragen");
        await Fits(visitor, "/inloggen");
        await visitor["[data-passkey=sign-in] button"].ClickAsync();
        await page.WaitForURLAsync("**/vragen");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        // Taken away, it opens nothing any more.
        await visitor.Go("/account");
        await visitor["form[method=post]:has-text('laptop van het werk') button[type=submit]"].ClickAsync();
        await page.WaitForURLAsync("**/account?gedaan=passkey-weg");
        await visitor.Context.ClearCookiesAsync();
        await visitor.Go("/inloggen");
        visitor.MaySay = said => said.Contains("401", StringComparison.Ordinal);
        await visitor["[data-passkey=sign-in] button"].ClickAsync();
        await Expect(visitor["[data-passkey=sign-in] [role=alert]"]).ToBeVisibleAsync();
        visitor.HadNoTrouble();
    }

    [Fact]
    public async Task Somebody_sets_up_two_steps_with_an_app_and_signs_in_with_a_code()
    {
        await using var visitor = await Visitor.Arrives(browsers, "Dirk");
        await Table.SignIn(visitor, "dirk.veenstra");
        await visitor.Go("/account/tweede-stap");
        await visitor.Shot("second-factor", whole: true);
        await Fits(visitor, "/account/tweede-stap");
        await visitor.Fill("#veld-BeginForm-Password", DemoOrganisation.Password);
        await visitor["form:has(#veld-BeginForm-Password) button[type=submit]"].ClickAsync();
        var key = await visitor["code.utrecht-code"].First.InnerTextAsync();
        await visitor.Shot("second-factor-key", whole: true);
        await Fits(visitor, "second-factor-key", reload: false);
        await visitor.Fill("#veld-ConfirmForm-Code", AuthenticatorApp.CodeOf(key, -1));
        await visitor["form:has(#veld-ConfirmForm-Code) button[type=submit]"].ClickAsync();
        await Expect(visitor[".recovery-codes li"]).ToHaveCountAsync(10);
        var recovery = await visitor[".recovery-codes code"].First.InnerTextAsync();
        await visitor.Shot("second-factor-codes", whole: true);
        await Fits(visitor, "second-factor-codes", reload: false);

        await visitor.Context.ClearCookiesAsync();
        await visitor.Go("/inloggen?terug=%2Fvragen");
        await visitor.Fill("#veld-Form-Email", DemoOrganisation.RecordsOfficer.Email);
        await visitor.Fill("#veld-Form-Password", DemoOrganisation.Password);
        await visitor["form:has(#veld-Form-Password) button[type=submit]"].ClickAsync();
        await visitor.Page.WaitForURLAsync("**/inloggen/tweede-stap**");
        await visitor.Shot("second-step");
        await Fits(visitor, "/inloggen/tweede-stap", reload: false);
        await visitor.Fill("#veld-Form-Code", AuthenticatorApp.CodeOf(key));
        await visitor["form:has(#veld-Form-Code) button[type=submit]"].ClickAsync();
        await visitor.Page.WaitForURLAsync("**/vragen");

        // Without the phone: a recovery code, once.
        await visitor.Context.ClearCookiesAsync();
        await visitor.Go("/inloggen?terug=%2Fvragen");
        await visitor.Fill("#veld-Form-Email", DemoOrganisation.RecordsOfficer.Email);
        await visitor.Fill("#veld-Form-Password", DemoOrganisation.Password);
        await visitor["form:has(#veld-Form-Password) button[type=submit]"].ClickAsync();
        await visitor.Fill("#veld-Form-Code", recovery);
        await visitor["form:has(#veld-Form-Code) button[type=submit]"].ClickAsync();
        await visitor.Page.WaitForURLAsync("**/vragen");
        visitor.HadNoTrouble();
    }

    /// <summary>At each width nothing slides sideways; axe finds nothing in light and dark. A page may be shown only once.</summary>
    private static async Task Fits(Visitor visitor, string where, bool reload = true)
    {
        await visitor.FitsEachWindow(where);
        await visitor.IsAccessible(where);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visitor.IsAccessible(where + ", dark");
        var name = where.Trim('/').Replace('/', '-');
        await visitor.Shot(name + "-dark", whole: true);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var own = visitor.Page.ViewportSize!;
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await visitor.Shot(name + "-phone", whole: true);
        await visitor.Page.SetViewportSizeAsync(own.Width, own.Height);
        if (reload)
            await visitor.Page.ReloadAsync();
    }
}
