using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dialogue.Access;

/// <summary>Links about an account that go by mail: used once, in time, by who reads the mailbox; opening one changes nothing.</summary>
public sealed partial class AccountLinksTests : IAsyncDisposable
{
    private const string NewPassword = "blauwe fiets in de regen";
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RunningServer server;

    public AccountLinksTests() => server = RunningServer.By(time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [GeneratedRegex("https?://[^/]+(?<path>/account/[a-z]+/[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();

    /// <summary>The mails to this address, newest last; sent ones have lost their text, so read them before the clock ticks.</summary>
    private async Task<OutboxRow[]> Mails(string to)
    {
        await using var db = await server.Database();
        return await db.Set<OutboxRow>().AsNoTracking().Where(row => row.To == to).OrderBy(row => row.Id).ToArrayAsync(Stop);
    }

    private async Task<string> Send(AccountLinkPurpose purpose, Guid? of = null, string? address = null, bool byAdministrator = true)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Storage.DialogueDb>();
        var id = of ?? DemoOrganisation.CoachLead.Id;
        var account = await db.Users.SingleAsync(a => a.Id == id, Stop);
        var by = byAdministrator
            ? new StaffMember(
                DemoOrganisation.Administrator.Id,
                DemoOrganisation.OrganisationId,
                DemoOrganisation.Administrator.Name,
                DemoOrganisation.Administrator.Email,
                StaffRole.Administrator
            )
            : null;
        await server.Get<AccountLinks>().Send(db, account, purpose, by, address, Stop);
        // Read before it is saved: afterwards the outbox may send it and erase the text.
        var text = db.ChangeTracker.Entries<OutboxRow>().Single().Entity.TextBody;
        await db.SaveChangesAsync(Stop);
        text.ShouldContain(DemoOrganisation.OrganisationName);
        return Link().Match(text).Groups["path"].Value;
    }

    private async Task<Account> Account(Guid id)
    {
        await using var db = await server.Database();
        return await db.Users.AsNoTracking().SingleAsync(a => a.Id == id, Stop);
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string path, string handler, params (string, string)[] fields)
    {
        var token = Browsers.FormToken(await http.GetStringAsync(path, Stop));
        using var form = new FormUrlEncodedContent([
            new("_handler", handler),
            new("form", token),
            .. fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)),
        ]);
        return await http.PostAsync(path, form, Stop);
    }

    private static Task<HttpResponseMessage> Choose(HttpClient http, string path, string password = NewPassword, string? again = null) =>
        Post(http, path, "choose-password", ("Form.Password", password), ("Form.Again", again ?? password));

    [Fact, Trait("Finding", "B1")]
    public async Task An_invitation_names_who_asks_and_is_used_once_to_choose_a_password()
    {
        var path = await Send(AccountLinkPurpose.Invite);
        path.ShouldStartWith("/account/uitnodiging/");
        using var http = server.Browser();
        var page = await http.GetStringAsync(path, Stop);
        page.ShouldContain(DemoOrganisation.OrganisationName);
        page.ShouldContain(DemoOrganisation.Administrator.Name);
        page.ShouldContain(DemoOrganisation.CoachLead.Email);
        // Opened ten times by a mail scanner, it still works.
        for (var i = 0; i < 10; i++)
            (await http.GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Choose(http, path)).Headers.Location!.OriginalString.ShouldContain("/inloggen");
        (await server.SignedIn(DemoOrganisation.CoachLead.Email, NewPassword)).Dispose();

        var again = await http.GetAsync(path, Stop);
        again.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await again.Content.ReadAsStringAsync(Stop)).ShouldContain("al gebruikt");
    }

    [Theory]
    [InlineData("kort", "minstens 12")]
    [InlineData("123456789012", "te makkelijk")]
    [InlineData("Wachtwoord2026!", "te makkelijk")]
    [InlineData("Femke-Oosterling-1", "lijkt te veel")]
    public async Task A_weak_password_is_refused_in_words_and_the_link_stays(string weak, string words)
    {
        var path = await Send(AccountLinkPurpose.Invite);
        using var http = server.Browser();
        var refused = await Choose(http, path, weak);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain(words);
        (await Choose(http, path, NewPassword, "iets heel anders, getypt")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Choose(http, path)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_link_ends_in_time_and_when_a_newer_one_is_sent()
    {
        using var http = server.Browser();
        var first = await Send(AccountLinkPurpose.Invite);
        var second = await Send(AccountLinkPurpose.Invite);
        (await http.GetAsync(first, Stop)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await http.GetAsync(second, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        time.Advance(AccountLinks.Lifetime(AccountLinkPurpose.Invite));
        (await http.GetAsync(second, Stop)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        // A link of one purpose opens no other door, and a shortened one says what to do.
        var third = await Send(AccountLinkPurpose.Invite);
        (await http.GetAsync(third.Replace("uitnodiging", "herstel", StringComparison.Ordinal), Stop)).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        var cut = await http.GetAsync(third[..^3], Stop);
        cut.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await cut.Content.ReadAsStringAsync(Stop)).ShouldContain("weggevallen");
    }

    [Fact]
    public async Task Of_two_who_use_one_link_at_the_same_moment_one_chooses_the_password()
    {
        var path = await Send(AccountLinkPurpose.Recover, byAdministrator: false);
        var http = Enumerable.Range(0, 6).Select(_ => server.Browser()).ToArray();
        var answers = await Task.WhenAll(http.Select((one, n) => Choose(one, path, NewPassword + n)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        foreach (var one in http)
            one.Dispose();
    }

    [Fact]
    public async Task Recovery_answers_alike_for_everybody_and_only_the_mailbox_learns_more()
    {
        using var http = server.Browser();
        var bodies = new List<string>();
        foreach (var email in new[] { DemoOrganisation.Manager.Email, "niemand@dwb.voorbeeld" })
        {
            var answer = await Post(http, "/account/herstel", "ask-recovery", ("Form.Email", email));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            bodies.Add(Regex.Replace(await answer.Content.ReadAsStringAsync(Stop), "value=\"[^\"]{60,}\"", ""));
        }
        bodies[1].ShouldBe(bodies[0]);
        (await Mails(DemoOrganisation.Manager.Email)).Length.ShouldBe(1);
        (await Mails("niemand@dwb.voorbeeld")).ShouldBeEmpty();
        // Impatience does not fill a mailbox.
        await Post(http, "/account/herstel", "ask-recovery", ("Form.Email", DemoOrganisation.Manager.Email));
        (await Mails(DemoOrganisation.Manager.Email)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Choosing_another_password_signs_out_everywhere_and_is_told()
    {
        using var signedIn = await server.SignedIn(DemoOrganisation.CoachLead.Email);
        var path = await Send(AccountLinkPurpose.Recover, byAdministrator: false);
        using var http = server.Browser();
        (await Choose(http, path)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await signedIn.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Mails(DemoOrganisation.CoachLead.Email)).Select(mail => mail.Subject).ShouldContain("Uw wachtwoord is gewijzigd");
    }

    [Fact]
    public async Task A_new_address_counts_when_it_is_confirmed_and_the_old_one_is_told()
    {
        const string New = "femke@nieuw.voorbeeld";
        var path = await Send(AccountLinkPurpose.ConfirmAddress, address: New);
        using var http = server.Browser();
        (await http.GetStringAsync(path, Stop)).ShouldContain(New);
        (await Account(DemoOrganisation.CoachLead.Id)).Email.ShouldBe(DemoOrganisation.CoachLead.Email);
        (await Post(http, path, "confirm-address")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Account(DemoOrganisation.CoachLead.Id)).Email.ShouldBe(New);
        (await server.SignedIn(New)).Dispose();
        (await Mails(DemoOrganisation.CoachLead.Email))
            .Select(mail => mail.Subject)
            .ShouldContain("Het e-mailadres van uw account is gewijzigd");
    }

    [Fact]
    public async Task An_address_that_somebody_else_got_meanwhile_is_refused()
    {
        var path = await Send(AccountLinkPurpose.ConfirmAddress, address: DemoOrganisation.Manager.Email.ToUpperInvariant());
        using var http = server.Browser();
        (await Post(http, path, "confirm-address")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Account(DemoOrganisation.CoachLead.Id)).Email.ShouldBe(DemoOrganisation.CoachLead.Email);
    }

    [Fact]
    public async Task An_account_that_ended_has_no_working_link_and_does_not_sign_in()
    {
        var path = await Send(AccountLinkPurpose.Recover, byAdministrator: false);
        using var signedIn = await server.SignedIn(DemoOrganisation.CoachLead.Email);
        await using (var db = await server.Database())
        {
            var account = await db.Users.SingleAsync(a => a.Id == DemoOrganisation.CoachLead.Id, Stop);
            account.DeactivatedAt = time.GetUtcNow();
            await db.SaveChangesAsync(Stop);
        }
        using var http = server.Browser();
        (await http.GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await signedIn.GetAsync("/api/v1/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var credentials = new { email = DemoOrganisation.CoachLead.Email, password = DemoOrganisation.Password };
        (await http.PostAsJsonAsync("/api/v1/sign-in", credentials, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Post(http, "/account/herstel", "ask-recovery", ("Form.Email", DemoOrganisation.CoachLead.Email));
        (await Mails(DemoOrganisation.CoachLead.Email)).Length.ShouldBe(1, "the link sent above, and nothing since");
    }

    /// <summary>Everything the program logs at its loudest while links are sent, opened and used.</summary>
    [Fact, Trait("Finding", "C7")]
    public async Task The_token_of_a_link_is_in_no_log_and_in_no_row()
    {
        using var all = new LoggedLines();
        await using var loud = new RunningServer(all, LoggedLines.Loudest);
        await using var scope = loud.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Storage.DialogueDb>();
        var account = await db.Users.SingleAsync(a => a.Id == DemoOrganisation.CoachLead.Id, Stop);
        await loud.Get<AccountLinks>().Send(db, account, AccountLinkPurpose.Invite, by: null, stop: Stop);
        var path = Link().Match(db.ChangeTracker.Entries<OutboxRow>().Single().Entity.TextBody).Groups["path"].Value;
        await db.SaveChangesAsync(Stop);
        using var http = loud.Browser();
        var opened = await http.GetAsync(path, Stop);
        opened.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        opened.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await Choose(http, path)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var token = path.Split('/')[^1];
        var logged = all.Take();
        logged.ShouldContain(line => line.Contains("Dialogue.Security", StringComparison.Ordinal));
        logged.Where(line => line.Contains(token, StringComparison.Ordinal)).Select(line => line[..60]).Distinct().ShouldBeEmpty();
        await using var fresh = await loud.Database();
        (await fresh.Set<AccountLinkRow>().SingleAsync(Stop)).TokenHash.ShouldNotContain(token);
    }

    [Fact]
    public async Task Each_module_that_keeps_addresses_hears_of_a_change_or_nothing_changes()
    {
        var path = await Send(AccountLinkPurpose.ConfirmAddress, address: "femke@nieuw.voorbeeld");
        await using var scope = server.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var heard = new Hears();
        var handler = ActivatorUtilities.CreateInstance<ConfirmAddressHandler>(services, (IEnumerable<IWhenAddressChanged>)[heard]);
        await Should.ThrowAsync<InvalidOperationException>(() => handler.Handle(new ConfirmAddress(path.Split('/')[^1]), Stop));
        heard.From.ShouldBe(DemoOrganisation.CoachLead.Email);
        (await Account(DemoOrganisation.CoachLead.Id)).Email.ShouldBe(DemoOrganisation.CoachLead.Email);
    }

    private sealed class Hears : IWhenAddressChanged
    {
        public string? From { get; private set; }

        public Task AddressChanged(Storage.DialogueDb db, Guid account, string from, string to, CancellationToken stop)
        {
            From = from;
            throw new InvalidOperationException("a module that cannot");
        }
    }
}
