using System.Security.Cryptography;
using System.Text;
using Dialogue.FollowUp;
using Microsoft.EntityFrameworkCore;

namespace Dialogue.Server.Tests.FollowUp;

public class AgreedActionTests
{
    private static readonly Evidence Document = new(EvidenceKind.Document, "Werkinstructie 4.2");

    [Fact]
    public async Task Closing_a_dialogue_offers_what_was_confirmed_with_one_letter_to_each_owner_and_only_once()
    {
        await using var bench = await FollowUpBench.Start();
        Activities.Commit.Agreement[] agreed =
        [
            FollowUpBench.Agreed(1),
            FollowUpBench.Agreed(2),
            FollowUpBench.Agreed(3, confirmed: false),
        ];
        var ids = await bench.Offer(agreed, [FollowUpBench.Contact(1), FollowUpBench.Contact(2, " Eigenaar@Partner.test ")]);
        ids.Count.ShouldBe(2);
        (await bench.Offer(agreed, [FollowUpBench.Contact(1), FollowUpBench.Contact(2)])).ShouldBeEmpty();

        var letter = (await bench.Outbox()).ShouldHaveSingleItem();
        letter.To.ShouldBe(FollowUpBench.OwnerEmail);
        letter.TextBody.ShouldContain("Pas werkinstructie 1 aan");
        letter.TextBody.ShouldContain("Pas werkinstructie 2 aan");
        letter.TextBody.ShouldContain("Waarom: De burger krijgt geen uitleg · Menselijke maat");
        letter.TextBody.ShouldContain("https://dialoog.test/afspraak/");

        var row = await bench.Row(ids[0]);
        (row.State, row.Version, row.OriginalDueDate).ShouldBe((ActionState.Offered, 1, new DateOnly(2027, 4, 5)));
        var view = (await bench.Show(ids[0], new Acting.Signed(FollowUpBench.Coordinator))).Value!;
        view.Journal.ShouldHaveSingleItem().Who.ShouldBe("Noor");
    }

    [Fact]
    public async Task Somebody_with_an_account_gets_a_link_to_sign_in_and_no_personal_link()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer(contact: FollowUpBench.Contact(1, FollowUpBench.Colleague.Email));
        (await bench.Row(id)).OwnerAccountId.ShouldBe(FollowUpBench.Colleague.AccountId);
        var text = (await bench.Outbox())[0].TextBody;
        text.ShouldContain($"https://dialoog.test/opvolging/{id}");
        text.ShouldNotContain("/afspraak/");
        (await bench.Take(id, new ActionStep.Accept(), FollowUpBench.Colleague)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task An_action_walks_from_offer_to_closed_and_the_journal_tells_it_all()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        var owner = await bench.Holder(FollowUpBench.OwnerEmail);
        (await bench.Take(null, new ActionStep.Accept(), owner)).Value!.State.ShouldBe(ActionState.Planned);
        (await bench.Take(null, new ActionStep.Start(), owner)).Ok.ShouldBeTrue();
        (await bench.Take(null, new ActionStep.ReportDone([Document]), owner)).Ok.ShouldBeTrue();
        var verifier = await bench.Holder(FollowUpBench.VerifierEmail);
        (await bench.Take(null, new ActionStep.Verify(Verdict.Partly, "Zaak nog niet opnieuw gedraaid"), verifier)).Value!.State.ShouldBe(
            ActionState.Rejected
        );
        (await bench.Outbox(FollowUpBench.OwnerEmail))[^1].TextBody.ShouldContain("Zaak nog niet opnieuw gedraaid");
        (
            await bench.Take(null, new ActionStep.ReportDone([new(EvidenceKind.CaseTest, "Zaak opnieuw", "https://x.test")]), owner)
        ).Ok.ShouldBeTrue();
        (await bench.Take(null, new ActionStep.Verify(Verdict.Agree), verifier)).Value!.State.ShouldBe(ActionState.Verified);
        (await bench.Take(id, new ActionStep.JudgeEffect(ActionEffect.Helped, "Vijf gesprekken"), FollowUpBench.Manager)).Ok.ShouldBeTrue();
        (await bench.Take(id, new ActionStep.Close(), FollowUpBench.Coordinator)).Ok.ShouldBeTrue();

        var view = (await bench.Show(id, new Acting.Signed(FollowUpBench.Manager))).Value!;
        view.Journal.Select(line => line.After)
            .ShouldBe([
                ActionState.Offered,
                ActionState.Accepted,
                ActionState.Planned,
                ActionState.InProgress,
                ActionState.ReportedDone,
                ActionState.Rejected,
                ActionState.ReportedDone,
                ActionState.Verified,
                ActionState.EffectAssessed,
                ActionState.Closed,
            ]);
        view.Journal.Select(line => line.Number).ShouldBe(Enumerable.Range(1, 10));
        view.Evidence.Count.ShouldBe(2);
        view.Row.Effect.ShouldBe(ActionEffect.Helped);
        (await bench.Nudges(id)).ShouldBeEmpty();
        (await bench.Show(null, owner)).Refusal!.Code.ShouldBe(RefusalCode.LinkEnded);
    }

    [Fact]
    public async Task An_action_cannot_be_verified_by_its_owner_through_any_door()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer(contact: FollowUpBench.Contact(1, FollowUpBench.Colleague.Email, FollowUpBench.Colleague.Email));
        (await bench.Row(id)).VerifierName.ShouldBeNull();
        (
            await bench.Take(id, new ActionStep.AppointVerifier(new("Iemand", FollowUpBench.Colleague.Email)), FollowUpBench.Coordinator)
        ).Refusal!.Code.ShouldBe(RefusalCode.OwnerCannotVerify);
        (await bench.Take(id, new ActionStep.Accept(), FollowUpBench.Colleague)).Ok.ShouldBeTrue();
        (
            await bench.Take(id, new ActionStep.Plan(null, new("Femke", "FEMKE@dienst.test")), FollowUpBench.Colleague)
        ).Refusal!.Code.ShouldBe(RefusalCode.OwnerCannotVerify);
        (
            await bench.Take(id, new ActionStep.Plan(null, new("Margriet", FollowUpBench.Manager.Email)), FollowUpBench.Colleague)
        ).Ok.ShouldBeTrue();
        (await bench.Take(id, new ActionStep.ReportDone([Document]), FollowUpBench.Colleague)).Ok.ShouldBeTrue();
        (await bench.Take(id, new ActionStep.Verify(Verdict.Agree), FollowUpBench.Colleague)).Refusal!.Code.ShouldBe(
            RefusalCode.OwnerCannotVerify
        );
        (await bench.Take(id, new ActionStep.Verify(Verdict.Agree), FollowUpBench.Manager)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task Opening_a_link_changes_nothing_and_only_its_hash_is_stored()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        var token = await bench.TokenOf(FollowUpBench.OwnerEmail);
        for (var look = 0; look < 3; look++)
            (await bench.Show(null, new Acting.Holder(token))).Ok.ShouldBeTrue();
        (await bench.Row(id)).Version.ShouldBe(1);
        await using var db = bench.CreateDbContext();
        var link = await db.Set<ActionLinkRow>().SingleAsync();
        link.TokenHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token))));
        token.Length.ShouldBe(43);
        (await bench.Show(null, new Acting.Holder("x"))).Refusal!.Code.ShouldBe(RefusalCode.LinkUnknown);
        (await bench.Show(Guid.NewGuid(), new Acting.Holder(token))).Refusal!.Code.ShouldBe(RefusalCode.LinkUnknown);
    }

    [Fact]
    public async Task A_link_ends_after_thirty_days_and_its_holder_can_ask_for_a_new_one_at_the_known_address()
    {
        await using var bench = await FollowUpBench.Start();
        await bench.Offer();
        var old = await bench.TokenOf(FollowUpBench.OwnerEmail);
        bench.Time.Advance(TimeSpan.FromDays(30));
        (await bench.Take(null, new ActionStep.Accept(), new Acting.Holder(old))).Refusal!.Code.ShouldBe(RefusalCode.LinkEnded);
        await using (var db = bench.CreateDbContext())
        {
            var renew = new RenewLinkHandler(db, bench.Letters, bench.Time);
            (await renew.Handle(new(old), CancellationToken.None)).Ok.ShouldBeTrue();
            (await renew.Handle(new(old), CancellationToken.None)).Refusal!.Code.ShouldBe(RefusalCode.TooFast);
        }
        (await bench.Take(null, new ActionStep.Accept(), await bench.Holder(FollowUpBench.OwnerEmail))).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task Handing_over_ends_the_link_of_the_old_owner_and_asks_the_new_one()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        var owner = await bench.Holder(FollowUpBench.OwnerEmail);
        await bench.Take(null, new ActionStep.Accept(), owner);
        (
            await bench.Take(null, new ActionStep.HandOver(new("Regisseur", "regie@partner.test"), "Andere functie"), owner)
        ).Ok.ShouldBeTrue();
        (await bench.Take(null, new ActionStep.Accept(), owner)).Refusal!.Code.ShouldBe(RefusalCode.LinkEnded);
        (await bench.Take(null, new ActionStep.Accept(), await bench.Holder("regie@partner.test"))).Value!.State.ShouldBe(
            ActionState.Planned
        );
        (await bench.Row(id)).OwnerName.ShouldBe("Regisseur");
    }

    [Fact]
    public async Task What_is_not_yours_to_see_does_not_exist()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        (await bench.Show(id, new Acting.Signed(FollowUpBench.Stranger))).Refusal!.Code.ShouldBe(RefusalCode.NoSuchAction);
        (await bench.Take(id, new ActionStep.Drop(DropCategory.NotOurs, "x"), FollowUpBench.Stranger)).Refusal!.Code.ShouldBe(
            RefusalCode.NoSuchAction
        );
        (await bench.Show(id, new Acting.Signed(FollowUpBench.Colleague))).Refusal!.Code.ShouldBe(RefusalCode.NoSuchAction);
        (await bench.Show(Guid.NewGuid(), new Acting.Signed(FollowUpBench.Manager))).Refusal!.Code.ShouldBe(RefusalCode.NoSuchAction);
    }

    [Fact]
    public async Task Two_who_act_at_the_same_moment_both_get_an_answer_and_the_journal_has_no_gap()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        var owner = await bench.Holder(FollowUpBench.OwnerEmail);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => Task.Run(() => bench.Take(null, new ActionStep.Accept(), owner)))
        );
        answers.Count(answer => answer.Ok).ShouldBe(1);
        answers
            .Where(answer => !answer.Ok)
            .ShouldAllBe(answer => answer.Refusal!.Code == RefusalCode.StepNotNow || answer.Refusal.Code == RefusalCode.Busy);
        (await bench.Show(id, new Acting.Signed(FollowUpBench.Manager))).Value!.Journal.Select(line => line.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_refused_step_stores_nothing()
    {
        await using var bench = await FollowUpBench.Start();
        var id = await bench.Offer();
        var letters = (await bench.Outbox()).Count;
        (await bench.Take(id, new ActionStep.Accept(), FollowUpBench.Manager)).Refusal!.Code.ShouldBe(RefusalCode.OnlyOwner);
        (await bench.Take(id, new ActionStep.Offer(new("X", "a@b.test\r\nBcc: c@d.test")), FollowUpBench.Manager)).Refusal!.Code.ShouldBe(
            RefusalCode.AddressInvalid
        );
        (await bench.Take(id, new ActionStep.Supersede(Guid.NewGuid(), "x"), FollowUpBench.Manager)).Refusal!.Code.ShouldBe(
            RefusalCode.SuccessorMissing
        );
        (await bench.Row(id)).Version.ShouldBe(1);
        (await bench.Outbox()).Count.ShouldBe(letters);
    }

    [Fact]
    public async Task The_list_pages_by_date_and_shows_each_action_once()
    {
        await using var bench = await FollowUpBench.Start();
        await bench.Offer(
            [.. Enumerable.Range(1, 7).Select(i => FollowUpBench.Agreed(i))],
            [.. Enumerable.Range(1, 7).Select(i => FollowUpBench.Contact(i))]
        );
        await using var db = bench.CreateDbContext();
        var list = new ListActionsHandler(db, bench.Time, bench.Policies);
        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await list.Handle(new(FollowUpBench.Manager, new(), after, 3), CancellationToken.None);
            seen.AddRange(page.Actions.Select(action => action.Id));
            after = page.Next;
        } while (after is not null);
        seen.Count.ShouldBe(7);
        seen.Distinct().Count().ShouldBe(7);
        (await list.Handle(new(FollowUpBench.Colleague, new()), CancellationToken.None)).Actions.ShouldBeEmpty();
        (await list.Handle(new(FollowUpBench.Stranger, new()), CancellationToken.None)).Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_overview_counts_what_is_late_and_puts_on_top_what_needs_this_person()
    {
        await using var bench = await FollowUpBench.Start();
        await bench.Offer(contact: FollowUpBench.Contact(1, FollowUpBench.Colleague.Email));
        bench.Time.SetUtcNow(new(2027, 4, 20, 9, 0, 0, TimeSpan.Zero));
        await using var db = bench.CreateDbContext();
        var overview = new OverviewOfActionsHandler(db, bench.Time, bench.Policies);
        var mine = await overview.Handle(new(FollowUpBench.Colleague), CancellationToken.None);
        (mine.Oversees, mine.NeedMe.Count, mine.Late).ShouldBe((false, 1, 1));
        mine.NeedMe[0].DaysLate.ShouldBe(15);
        var managers = await overview.Handle(new(FollowUpBench.Manager), CancellationToken.None);
        (managers.Oversees, managers.NeedMe.Count, managers.Of(ActionState.Offered)).ShouldBe((true, 1, 1));
        managers.Units.ShouldBe(["Intake"]);
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "\"'=cmd|'/c calc'!A1\"")]
    [InlineData("  +1", "\"'  +1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("Zeg \"ja\"; nu", "\"Zeg \"\"ja\"\"; nu\"")]
    [InlineData(null, "\"\"")]
    public void What_people_typed_never_becomes_a_formula(string? text, string cell) => Look.Csv.Cell(text).ShouldBe(cell);

    [Fact]
    public void Every_kind_of_step_has_a_form_that_reads_back_what_it_asks()
    {
        StepForm.All.Select(form => form.Kind).Order().ShouldBe(Enum.GetValues<ActionStepKind>());
        foreach (var form in StepForm.All)
        {
            var values = form.Fields(new AgreedActionRow())
                .ToDictionary(
                    field => field.Name,
                    field =>
                        field.Kind switch
                        {
                            StepFieldKind.Date => "2027-04-01",
                            StepFieldKind.Choice => field.Choices![0],
                            StepFieldKind.Email => "a@b.test",
                            _ => field.Name == "Successor"
                                ? "https://dialoog.test/opvolging/11111111-1111-1111-1111-111111111111"
                                : "woorden",
                        }
                );
            form.Read(new(values)).Value.ShouldNotBeNull().Kind.ShouldBe(form.Kind);
            form.Read(StepInput.None).ShouldNotBe(default);
        }
    }
}
