using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.FollowUp;
using Dialogue.Storage;

namespace Dialogue.Operations;

/// <summary>What comes in by an address, a form or a program: read in one way, and never a fault of the server.</summary>
public sealed class DoorsTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory, Trait("Finding", "K9")]
    [InlineData("/dialogen/nieuw?vraag=x")]
    [InlineData("/dialogen/nieuw?vraag=")]
    [InlineData("/dialogen/x/voorbereiden")]
    [InlineData("/dialogen/0d1a1090-0000-7000-8000-000000000099/voorbereiden?rijen=x")]
    [InlineData("/vragen/x")]
    [InlineData("/vragen?voor=x&stand=%00&soort=%F0%9F")]
    [InlineData("/opvolging?state=x&case=x&after=%00&late=x")]
    [InlineData("/opvolging/x")]
    [InlineData("/opvolging.csv?case=x&mine=x")]
    [InlineData("/api/v1/cases?before=x")]
    [InlineData("/api/v1/cases/x")]
    [InlineData("/api/v1/actions?case=x&take=x&late=x")]
    [InlineData("/api/v1/dialogues/x/outcome")]
    [InlineData("/api/v1/dialogues/x/line")]
    [InlineData("/meedoen/%00")]
    [InlineData("/ruimte/%F0%9F/regie")]
    [InlineData("/afspraak/%00")]
    [InlineData("/fout/x")]
    public async Task A_value_that_cannot_be_read_is_no_fault_of_the_server(string address)
    {
        using var http = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        using var answer = await http.GetAsync(address, Stop);
        ((int)answer.StatusCode).ShouldBeLessThan(500, address);
    }

    [Theory, Trait("Finding", "K9")]
    [InlineData("//elders.voorbeeld/x")]
    [InlineData("/%2F/elders.voorbeeld/x")]
    [InlineData("/\\elders.voorbeeld/x")]
    public async Task A_link_to_the_same_page_never_leads_to_another_host(string path)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: " + $"close\r\n\r\n"),
            Stop
        );
        using var reader = new StreamReader(stream);
        var page = await reader.ReadToEndAsync(Stop);
        page.ShouldNotContain("href=\"//");
        page.ShouldNotContain("href=\"/\\");
    }

    [Theory, Trait("Finding", "K9")]
    [InlineData("\uFEFF=1+1")]
    [InlineData("\u200B=1+1")]
    [InlineData("\0=1+1")]
    [InlineData("\u00AD\u202E-1")]
    public void What_nobody_sees_does_not_hide_a_formula(string text) => Look.Csv.Cell(text).ShouldStartWith("\"'");

    [Fact, Trait("Finding", "K9")]
    public void Each_step_of_follow_up_reads_all_its_texts()
    {
        const string Dirty = "a\0\u202Eb";
        var clean = new ActionStep[]
        {
            new ActionStep.Offer(new(Dirty, Dirty), Dirty),
            new ActionStep.Accept(Dirty, null, Dirty),
            new ActionStep.Decline(Dirty),
            new ActionStep.Plan(Dirty, new(Dirty, Dirty)),
            new ActionStep.Start(Dirty),
            new ActionStep.ReportProgress(Dirty),
            new ActionStep.Block(Dirty, Dirty),
            new ActionStep.Unblock(Dirty),
            new ActionStep.ReportDone([new(EvidenceKind.Document, Dirty, Dirty)], Dirty),
            new ActionStep.Verify(Verdict.Agree, Dirty),
            new ActionStep.Reject(Dirty),
            new ActionStep.AppointVerifier(new(Dirty, Dirty)),
            new ActionStep.ChangeDueDate(default, Dirty),
            new ActionStep.JudgeEffect(ActionEffect.Helped, Dirty),
            new ActionStep.Close(Dirty),
            new ActionStep.Reopen(Dirty),
            new ActionStep.Drop(DropCategory.NotAllowed, Dirty),
            new ActionStep.Supersede(Guid.Empty, Dirty),
            new ActionStep.HandOver(new(Dirty, Dirty), Dirty),
        };
        clean.Select(step => step.Kind).ShouldBe(Enum.GetValues<ActionStepKind>(), ignoreOrder: true);
        foreach (var step in clean)
        {
            var written = System.Text.Json.JsonSerializer.Serialize(step.Cleaned(), Dialogue.Wire.ModelJson.Lenient);
            written.ShouldContain("ab");
            written.ShouldNotContain("\\u");
            written.ShouldNotContain("\u202E");
        }
    }

    [Fact, Trait("Finding", "K10")]
    public async Task A_property_that_is_not_known_is_refused_with_its_name()
    {
        using var http = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        var body = new
        {
            title = "Mag dit?",
            story = "Een verhaal.",
            domain = "other",
            trigger = "signal",
            urgent = true,
        };
        using var answer = await http.PostAsJsonAsync("/api/v1/cases", body, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadAsStringAsync(Stop);
        problem.ShouldContain("urn:dialogue:refusal:malformed");
        problem.ShouldContain("\"property\":\"urgent\"");

        var step = new StringContent("""{"type":"close","colour":"red"}""", Encoding.UTF8, "application/json");
        using var taken = await http.PostAsync($"/api/v1/actions/{Guid.NewGuid()}/steps", step, Stop);
        (await taken.Content.ReadAsStringAsync(Stop)).ShouldContain("malformed");
    }

    [Fact, Trait("Finding", "K5")]
    public void One_link_takes_twenty_steps_at_once_and_no_more()
    {
        using var links = new LinkAllowances();
        Enumerable.Range(0, 30).Count(_ => links.Take("een")).ShouldBe(LinkAllowances.AtOnce);
        links.Take("ander").ShouldBeTrue();
    }

    [Theory, Trait("Finding", "K5")]
    [InlineData(520, 180, 276, 249)]
    [InlineData(1024, 150, 810, 729)]
    [InlineData(64, 60, 16, 14)]
    public void Connections_stay_below_the_descriptors_of_the_process(int limit, int own, int most, int full)
    {
        var held = 0;
        var connections = new OpenConnections(limit, () => own + held);
        held++;
        connections.Came().ShouldBe(1);
        connections.Most.ShouldBe(most);
        connections.Full.ShouldBe(full);
        connections.Left();
        connections.Now.ShouldBe(0);
        new OpenConnections(null, () => own).Most.ShouldBeNull();
    }

    [Fact, Trait("Finding", "K5")]
    public void What_the_program_itself_holds_is_counted_as_it_grows()
    {
        var (own, held) = (100, 0);
        var connections = new OpenConnections(500, () => own + held);
        for (var number = 0; number < 40; number++)
        {
            held++;
            connections.Came();
        }
        connections.Most.ShouldBe(336);
        own = 200;
        for (var number = 0; number < 4; number++)
        {
            held++;
            connections.Came();
        }
        connections.Most.ShouldBe(236);
    }

    [Fact, Trait("Finding", "K10")]
    public void The_database_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights on files");
            return;
        }
        var path = StorageSetup.SqlitePath(server.Services);
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            if (File.Exists(file))
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        File.Exists(path).ShouldBeTrue();
    }

    [Theory, Trait("Finding", "25")]
    [InlineData("één loket")]
    [InlineData("EEN LOKET")]
    [InlineData("een lokét")]
    [InlineData("geindiceerde")]
    [InlineData("GEÏNDICEERDE")]
    public async Task A_search_finds_capitals_and_accents_in_any_way_of_writing(string search)
    {
        using var http = await server.SignedIn(DemoOrganisation.Facilitator.Email);
        var title = "Één loket voor GEÏNDICEERDE zorg " + Guid.NewGuid();
        var ask = new
        {
            title,
            story = "Een verhaal.",
            domain = "other",
            trigger = "signal",
        };
        (await http.PostAsJsonAsync("/api/v1/cases", ask, Stop)).EnsureSuccessStatusCode();
        var found = await http.GetStringAsync("/api/v1/cases?search=" + Uri.EscapeDataString(search), Stop);
        found.ShouldContain("loket voor");
        (await http.GetStringAsync("/api/v1/cases?search=bestaatniet", Stop)).ShouldNotContain("loket voor");
        Folded.Of("ﬁne Straße ÅÉ").ShouldBe("fine straße ae");
    }
}
