using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Dialogue.Access;
using Dialogue.Activities;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Architecture;
using Dialogue.Cases;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Outcomes;
using Dialogue.Templates;

namespace Dialogue.Look;

/// <summary>
/// No name of an enum and no key of a resource can reach a page: each group of words that a page picks by a value
/// (<c>T["State." + value]</c>) is named here with all its values, and each has words in both languages.
/// </summary>
[Trait("Finding", "D3")]
public sealed partial class ValuesHaveWordsTests
{
    private static readonly string[] ItemKinds = Words<ItemKind>();
    private static readonly string[] Intended = Words<OutcomeStatus>();
    private static readonly string[] Chairs = Words<Chair>();
    private static readonly string[] Rules = Words<DecisionRule>();
    private static readonly string[] Sorts = Words<ResultKind>();

    private static readonly string[] Fixed = ["consent", "votes", "positions", "mandate", "advice", "noDecision"];

    /// <summary>Resource, beginning of the key, and every value that a page can put behind it.</summary>
    private static readonly (string Resource, string Prefix, string[] Values)[] Groups =
    [
        ("Access/Words", "Password.", Names<PasswordFault>()),
        ("Access/Words", "Link.", [.. Names<AccountLinkState>().Except([nameof(AccountLinkState.Open)]), "Unknown"]),
        (
            "Access/Words",
            "Letter.Changed.",
            ["Password", "Address", "AddressAsked", "SecondFactorOn", "SecondFactorOff", "PasskeyOn", "PasskeyOff"]
        ),
        ("Access/Words", "SecondFactorFault.", Names<SecondFactorFault>()),
        ("Access/Words", "AccountDone.", ["wachtwoord", "adres", "taal", "apparaat", "passkey", "passkey-weg"]),
        ("Cases/Words", "Domain.", [.. CaseWords.Domains]),
        ("Cases/Words", "DomainLong.", [.. CaseWords.Domains]),
        ("Cases/Words", "Trigger.", [.. CaseWords.Triggers]),
        ("Cases/Words", "Cause.", ["because", "serves", "strains", "recheck", "beside"]),
        (
            "Cases/Words",
            "Kind.",
            [.. Words<OutcomeKind>().Except(["objection", "evaluation"]), "dialogue", "state", "evidence", "verdict", "effectSeen"]
        ),
        ("Cases/Words", "Suspected.", ["bsn", "email", "phone", "birthDate"]),
        ("Dialogues/Pages/Words", "Stage.", Names<Stage>()),
        ("Dialogues/Pages/Words", "Attribution.", Names<Attribution>()),
        ("Dialogues/Pages/Words", "Certainty.", Words<Certainty>()),
        ("Dialogues/Pages/Words", "Lacking.", ["sponsor", "statusOfOutcome", "followUpOwner", "reviewDate", "affected", "emptyChair"]),
        ("Dialogues/Pages/Words", "ForGuest.", [.. Intended, "unknown"]),
        ("Dialogues/Pages/Words", "Chair.", Chairs),
        ("Dialogues/Room/Words", "AgreementKind.", Words<AgreementKind>()),
        ("Dialogues/Room/Words", "Rule.", Rules),
        ("Dialogues/Room/Words", "RuleName.", Rules),
        ("Dialogues/Room/Words", "ObjectionState.", Words<ObjectionState>()),
        ("Dialogues/Room/Words", "Fixed.", Fixed),
        ("Dialogues/Room/Words", "DecisionKind.", Sorts),
        ("Dialogues/Room/Words", "Holder.", Words<HolderKind>()),
        ("Dialogues/Room/Words", "Direction.", Words<ValueDirection>()),
        ("Dialogues/Room/Words", "Kind.", ItemKinds),
        ("Dialogues/Room/Words", "Certainty.", Words<Certainty>()),
        ("Dialogues/Room/Words", "Facts.", Words<Certainty>()),
        ("Dialogues/Room/Words", "Role.", [.. Names<Role>().Except([nameof(Role.Projector), nameof(Role.Organiser)])]),
        ("Dialogues/Room/Words", "Protection.", Names<Attribution>()),
        ("Dialogues/Room/Words", "Protection.Reveal.", Names<Reveal>()),
        ("Look/Words", "Form.Return.", ["TokenExpired", "SignedIn", "Switched"]),
        ("FollowUp/Words", "State.", Names<ActionState>()),
        ("FollowUp/Words", "StateMeans.", Names<ActionState>()),
        ("FollowUp/Words", "Kind.", Words<AgreementKind>()),
        ("FollowUp/Words", "Step.", Names<ActionStepKind>()),
        ("FollowUp/Words", "Do.", Names<ActionStepKind>()),
        ("FollowUp/Words", "Past.", Names<ActionStepKind>()),
        ("FollowUp/Words", "Verdict.", Names<Verdict>()),
        ("FollowUp/Words", "ActionEffect.", Names<ActionEffect>()),
        ("FollowUp/Words", "DropCategory.", Names<DropCategory>()),
        ("FollowUp/Words", "EvidenceKind.", Names<EvidenceKind>()),
        ("FollowUp/Words", "Role.", Names<ActionRoles>()),
        ("FollowUp/Words", "Escalation.", ["2", "3", "4"]),
        ("FollowUp/Words", "Nudge.", Names<NudgeKind>()),
        (
            "Outcomes/Words",
            "Act.",
            [
                "opened",
                "openedAnyway",
                "phaseStarted",
                "roundClosed",
                "roundReopened",
                "phaseExtended",
                "paused",
                "resumed",
                "itemHidden",
                "itemShownAgain",
                "factChecked",
                "roleGiven",
                "seatRemoved",
                "closed",
            ]
        ),
        ("Outcomes/Words", "RuleName.", Rules),
        ("Outcomes/Words", "ObjectionState.", Words<ObjectionState>()),
        ("Outcomes/Words", "Fixed.", Fixed),
        ("Outcomes/Words", "Sort.", Sorts),
        ("Outcomes/Words", "Chair.", Chairs),
        ("Outcomes/Words", "Status.", Intended),
        ("Outcomes/Words", "Certainty.", Words<Certainty>()),
        ("Outcomes/Words", "Stage.", Names<Stage>()),
        ("Outcomes/Words", "Kind.", [.. Words<OutcomeKind>().Except(["evaluation"])]),
        ("Look/Words", "Theme.", [.. Theme.All]),
        (
            "Operations/Words",
            "Connection.",
            [
                .. Operations.ConnectionPage.Checks.SelectMany(check =>
                    check.Results.Select(result => $"{check.Check}.{result}").Prepend(check.Check)
                ),
            ]
        ),
        ("Organisations/Words", "Function.", Names<Organisations.NamedFunction>()),
        ("Organisations/Words", "FunctionHint.", Names<Organisations.NamedFunction>()),
        ("Organisations/Words", "Language.", [.. Language.All]),
        ("Organisations/Words", "Held.", Names<Organisations.People.HeldKind>()),
        ("Organisations/Words", "AccountState.", Names<Organisations.People.AccountState>()),
        ("Organisations/Words", "Role.", Names<StaffRole>()),
        ("Organisations/Words", "RoleHint.", [.. Names<StaffRole>().Except([nameof(StaffRole.Staff)])]),
        ("Organisations/Words", "Act.", Names<Trail.AuditAct>()),
        ("Organisations/Words", "Day.", Names<Organisations.WorkingDays>()),
        ("Organisations/Words", "Level.", Names<Organisations.DialogueLevel>()),
        ("Organisations/Words", "MailTest.", Names<Organisations.Begin.MailOutcome>()),
        ("Organisations/Words", "Begin.", ["Organisation", "Colleagues", "Mail", "Question"]),
        ("Organisations/Words", "BeginHint.", ["Organisation", "Colleagues", "Mail", "Question"]),
        ("Organisations/Words", "BeginGo.", ["Organisation", "Colleagues", "Question"]),
        (
            "Organisations/Words",
            "AdminHint.",
            ["People", "Units", "Functions", "Partners", "Organisation", "Trail", "Templates", "Installation"]
        ),
        ("Overview/Words", "Act.", Names<Waiting.NextStep>()),
        ("Overview/Words", "Reason.", Names<Waiting.NextStep>()),
    ];

    /// <summary>Beginnings of keys whose ends are known only while running, and where they are checked.</summary>
    private static readonly Dictionary<string, string> CheckedElsewhere = new(StringComparer.Ordinal)
    {
        ["Live."] = "the list of RoomPage, checked in Every_word_for_the_script_is_there",
        ["Field."] = "named after the fields of the steps, checked in Every_field_of_a_step_has_a_label_and_every_choice_a_word",
        ["Done."] = "optional: the page asks whether there are words",
        ["Zone."] = "optional: a zone without words shows its own name",
        ["Subject."] = "optional: the page asks whether there are words",
        ["FieldHint."] = "optional: the page asks whether there is a hint",
        ["StepHint."] = "optional: the page asks whether there is a hint",
    };

    /// <summary>The words of all choices of a kind.</summary>
    private static string[] Words<T>()
        where T : struct, Enum => [.. Choices.All<T>().Select(choice => choice.Word())];

    private static string[] Names<T>()
        where T : struct, Enum =>
        [
            .. Enum.GetValues<T>()
                .Where(value =>
                    !typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false) || int.PopCount(Convert.ToInt32(value, null)) == 1
                )
                .Select(value => value.ToString()),
        ];

    public static TheoryData<string, string> All { get; } = [.. Groups.Select(group => (group.Resource, group.Prefix))];

    [Theory, MemberData(nameof(All))]
    public void Each_value_that_is_shown_has_words_in_both_languages(string resource, string prefix)
    {
        var values = Groups.Single(group => group.Resource == resource && group.Prefix == prefix).Values;
        values.ShouldNotBeEmpty();
        foreach (var language in Language.All)
        {
            var keys = ScreenTexts.Keys(resource, language);
            values.Where(value => !keys.Contains(prefix + value)).ShouldBeEmpty($"{language} {resource} {prefix}");
        }
    }

    [Fact]
    public void Each_group_of_words_that_a_page_picks_from_is_named_here()
    {
        var picked = Picked(Sources()).ToList();
        picked.Count.ShouldBeGreaterThan(30);
        picked
            .Where(one =>
                !CheckedElsewhere.ContainsKey(one.Prefix)
                && !Groups.Any(group => group.Prefix == one.Prefix && one.File.StartsWith(Folder(group.Resource), StringComparison.Ordinal))
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_a_group_that_is_planted() =>
        Picked([("Chain/New.razor", """<p>@T["Answer." + one.Answer]</p><p>@words[$"Party.{party}.Name"]</p>""")])
            .ShouldBe([("Chain/New.razor", "Answer."), ("Chain/New.razor", "Party.")]);

    [Fact]
    public void Every_word_for_the_script_is_there()
    {
        var page = File.ReadAllText(Repository.PathOf("src", "Dialogue.Server", "Dialogues", "Room", "RoomPage.razor"));
        var list = page[page.IndexOf("string[] Said", StringComparison.Ordinal)..];
        var said = Quoted().Matches(list[..list.IndexOf(']', list.IndexOf('[', 15))]).Select(match => match.Groups["word"].Value).ToList();
        said.Count.ShouldBeGreaterThan(15);
        said.Where(word => !ScreenTexts.Keys("Dialogues/Room/Words", "nl").Contains("Live." + word)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_field_of_a_step_has_a_label_and_every_choice_a_word()
    {
        var row = (AgreedActionRow)RuntimeHelpers.GetUninitializedObject(typeof(AgreedActionRow));
        var fields = StepForm.All.SelectMany(form => form.Fields(row)).ToList();
        fields.Count.ShouldBeGreaterThan(20);
        foreach (var language in Language.All)
        {
            var keys = ScreenTexts.Keys("FollowUp/Words", language);
            fields.Select(field => "Field." + field.Name).Where(key => !keys.Contains(key)).ShouldBeEmpty(language);
            fields
                .SelectMany(field => (field.Choices ?? []).Select(choice => $"{field.Name}.{choice}"))
                .Where(key => !keys.Contains(key))
                .ShouldBeEmpty(language);
        }
    }

    /// <summary>Words of a folder are read by the pages of that folder and of those inside it.</summary>
    private static string Folder(string resource) => resource[..(resource.LastIndexOf('/') + 1)];

    private static IEnumerable<(string File, string Text)> Sources()
    {
        var server = Repository.PathOf("src", "Dialogue.Server");
        return Directory
            .EnumerateFiles(server, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (Path.GetRelativePath(server, file), File.ReadAllText(file)));
    }

    private static IEnumerable<(string File, string Prefix)> Picked(IEnumerable<(string File, string Text)> sources) =>
        sources.SelectMany(source =>
            PickedBy().Matches(source.Text).Select(match => (source.File, match.Groups["prefix"].Value)).Distinct()
        );

    [GeneratedRegex("""\b(T|words|Words|say|Say)[\[(]\$?"(?<prefix>[A-Za-z]+(\.[A-Za-z]+)*\.)("|\{)""", RegexOptions.ExplicitCapture)]
    private static partial Regex PickedBy();

    [GeneratedRegex("\"(?<word>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
