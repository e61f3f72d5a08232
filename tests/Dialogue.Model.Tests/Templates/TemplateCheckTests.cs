using Dialogue.Activities.Assess;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Reflect;
using Dialogue.Activities.Talk;

namespace Dialogue.Templates;

public class TemplateCheckTests
{
    private static PhaseTemplate Phase(
        string activity,
        PhaseSettings? settings = null,
        Reveal reveal = Reveal.Live,
        Attribution attribution = Attribution.Perspective,
        string key = "fase",
        int minutes = 10
    ) =>
        new()
        {
            Key = key,
            Activity = activity,
            Title = new("t"),
            Prompt = new("p"),
            Settings = settings ?? NoSettings.Instance,
            Reveal = reveal,
            Attribution = attribution,
            Minutes = minutes,
        };

    private static string[] Problems(params PhaseTemplate[] phases) =>
        [
            .. TemplateCheck.Problems(
                new SessionTemplate
                {
                    Key = "t",
                    Version = 1,
                    Title = new("t"),
                    Purpose = new("p"),
                    Phases = phases,
                }
            ),
        ];

    private static void Finds(string part, PhaseTemplate phase) =>
        Problems(phase)
            .ShouldContain(problem =>
                problem.Contains(part, StringComparison.Ordinal) && problem.StartsWith("fase: ", StringComparison.Ordinal)
            );

    private static Choice[] Choices(params string[] keys) => [.. keys.Select(key => new Choice(key, new(key)))];

    [Fact]
    public void The_template_of_these_tests_can_be_held() => TemplateCheck.Problems(Room.Template).ShouldBeEmpty();

    [Fact]
    public void A_template_has_one_to_forty_phases()
    {
        Problems().ShouldHaveSingleItem();
        Problems([.. Enumerable.Range(0, 41).Select(n => Phase("break", key: $"p{n}"))]).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_does_not_fit_its_activity_is_named()
    {
        Finds("unknown activity 'vote'", Phase("vote"));
        Finds("'kinds'", Phase("contribute"));
        Finds(
            "reveal: onClose",
            Phase("contribute", new ContributeSettings { Kinds = [ItemKind.Effect] }, attribution: Attribution.Anonymous)
        );
        Finds("'layout'", Phase("organise"));
        Finds(
            "at least two 'columns'",
            Phase("organise", new OrganiseSettings { Layout = OrganiseLayout.Columns, Columns = Choices("a") })
        );
        Finds("'instrument'", Phase("assess", reveal: Reveal.OnClose));
        Finds("'steps'", Phase("assess", new AssessSettings { Instrument = AssessInstrument.Scale, Steps = 11 }, Reveal.OnClose));
        Finds("'points'", Phase("assess", new AssessSettings { Instrument = AssessInstrument.Dots, Points = 0 }, Reveal.OnClose));
        Finds("blind", Phase("assess", new AssessSettings { Instrument = AssessInstrument.Scale }));
        Finds("'rule'", Phase("decide"));
        Finds("one position", Phase("decide", new DecideSettings { Rule = DecisionRule.Advice, Positions = Choices("a") }));
        Finds(
            "cannot be anonymous",
            Phase("decide", new DecideSettings { Rule = DecisionRule.Advice }, attribution: Attribution.Anonymous)
        );
        Finds("'highestRankLast'", Phase("talk", new TalkSettings { TurnMode = TurnMode.Free, HighestRankLast = true }));
        Finds("'secondsPerTurn'", Phase("talk", new TalkSettings { SecondsPerTurn = 0 }));
        Finds("talk hides nothing", Phase("talk", reveal: Reveal.OnClose));
        Finds("'questions'", Phase("reflect", reveal: Reveal.OnClose, attribution: Attribution.Anonymous));
        Finds("reflect is anonymous", Phase("reflect", new ReflectSettings { Questions = Choices("a") }));
        Finds("'minutes'", Phase("break", minutes: int.MaxValue));
    }

    [Fact]
    public void A_key_is_used_once_among_phases_and_within_a_list()
    {
        Problems(Phase("break"), Phase("break")).ShouldContain("fase: the key is used twice");
        Finds("'a' is used twice", Phase("decide", new DecideSettings { Rule = DecisionRule.Advice, Positions = Choices("a", "a") }));
        Finds(
            "'a' is used twice",
            Phase("organise", new OrganiseSettings { Layout = OrganiseLayout.Columns, Columns = Choices("a", "a") })
        );
        Finds("'a' is used twice", Phase("contribute", new ContributeSettings { Kinds = [ItemKind.Effect], Buckets = Choices("a", "a") }));
    }

    [Fact]
    public void A_phase_works_on_earlier_phases_only()
    {
        var later = Phase("contribute", new ContributeSettings { Kinds = [ItemKind.Effect] }, key: "later");
        Problems(Phase("organise", new OrganiseSettings { Layout = OrganiseLayout.Values, From = ["later"] }), later)
            .ShouldHaveSingleItem()
            .ShouldContain("no earlier phase");
        Finds("no earlier phase", Phase("organise", new OrganiseSettings { Layout = OrganiseLayout.Values, From = ["fase"] }));
    }

    [Fact]
    public void What_cannot_be_held_is_not_prepared() =>
        Scenes
            .Given()
            .When(new PrepareDialogue("T", "nl", Room.Case, Room.Template with { Phases = [] }, []), Room.Organiser)
            .ThenRefused(RefusalCode.TemplateInvalid);
}
