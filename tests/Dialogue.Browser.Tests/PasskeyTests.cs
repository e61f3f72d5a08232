using System.Text.Json;
using Dialogue.Operations;

namespace Dialogue;

/// <summary>A passkey in a real browser, with an authenticator that Chromium plays.</summary>
public sealed class PasskeyTests(Browsers browsers)
{
    [Fact]
    public async Task Somebody_adds_a_passkey_and_signs_in_with_it_instead_of_a_password()
    {
        await using var visitor = await Visitor.Arrives(browsers, "passkey");
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

        await page.GotoAsync("/inloggen");
        await page.FillAsync("#veld-Form-Email", DemoOrganisation.DataScientist.Email);
        await page.FillAsync("#veld-Form-Password", DemoOrganisation.Password);
        await page.ClickAsync("form[method=post] button[type=submit] >> nth=0");
        await page.GotoAsync("/account");
        await page.FillAsync("#veld-Passkey-Name", "laptop van het werk");
        await page.FillAsync("#veld-Passkey-Password", DemoOrganisation.Password);
        await page.ClickAsync("[data-passkey=add] button");
        await page.WaitForURLAsync("**/account?gedaan=passkey");
        await Expect(page.GetByText("laptop van het werk").First).ToBeVisibleAsync();

        await visitor.Context.ClearCookiesAsync();
        await page.GotoAsync("/inloggen?terug=%2Fvragen");
        await page.ClickAsync("[data-passkey=sign-in] button");
        await page.WaitForURLAsync("**/vragen");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }
}
