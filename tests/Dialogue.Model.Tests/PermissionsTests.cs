using System.Globalization;
using System.Text;
using System.Text.Json;
using Dialogue.Activities;

namespace Dialogue;

public class PermissionsTests
{
    private static readonly Role[] Roles =
    [
        Role.Facilitator,
        Role.CoFacilitator,
        Role.CaseOwner,
        Role.Participant,
        Role.DecisionMaker,
        Role.Observer,
        Role.Projector,
        Role.Organiser,
    ];

    private static readonly Stage[] Stages = [Stage.None, Stage.Preparing, Stage.Lobby, Stage.Running, Stage.Paused, Stage.Closed];

    [Fact]
    public void Who_may_want_what_when_is_as_written_down()
    {
        var table = new StringBuilder();
        table.AppendLine("# command x role: the stages in which it may be wanted").AppendLine();
        foreach (var entry in ActivityCatalogue.Commands.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            table.AppendLine(entry.Name);
            foreach (var role in Roles)
            {
                var stages = Stages.Where(stage => Permissions.Check(Examples.Of(entry.Type), role, stage) is null).ToArray();
                if (stages.Length > 0)
                    table.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"  {Kebab(role), -15} {string.Join(' ', stages.Select(stage => Kebab(stage)))}"
                    );
            }
        }
        Golden.Check("permissions.txt", table.ToString());
    }

    [Fact]
    public void Every_refusal_code_is_as_written_down() =>
        Golden.Check(
            "refusals.txt",
            string.Concat(
                Enum.GetNames<RefusalCode>()
                    .Select(name => JsonNamingPolicy.KebabCaseLower.ConvertName(name))
                    .Order(StringComparer.Ordinal)
                    .Select(name => name + "\n")
            )
        );

    [Fact]
    public void The_screen_and_the_observer_bring_nothing_in()
    {
        foreach (var entry in ActivityCatalogue.Commands.Values)
        {
            (entry.Roles & Role.Projector).ShouldBe(Role.None, entry.Name);
            if (entry.Name is not ("dialogue/rename-seat" or "dialogue/leave-seat"))
                (entry.Roles & Role.Observer).ShouldBe(Role.None, entry.Name);
        }
    }

    [Fact]
    public void Nothing_is_possible_in_a_closed_dialogue()
    {
        // A person can be forgotten at any time: that changes nothing of what happened.
        foreach (
            var entry in ActivityCatalogue.Commands.Values.Where(entry =>
                entry.Type != typeof(ForgetName) && entry.Type != typeof(ForgetPerson)
            )
        )
        foreach (var role in Roles)
            Permissions.Check(Examples.Of(entry.Type), role, Stage.Closed).ShouldNotBeNull(entry.Name);
    }

    [Fact]
    public void Whoever_left_or_has_no_seat_may_do_nothing_that_is_done_from_a_seat()
    {
        var scene = Scenes.Given(Room.In("live")).And(new SeatLeft(new(4)));
        scene.When(new RaiseHand(true), Room.Yusuf).ThenRefused(RefusalCode.NotAllowed);
        scene.When(new RaiseHand(true), new By(null, Role.Participant)).ThenRefused(RefusalCode.NotAllowed);
        scene.When(new RaiseHand(true), new By(new SeatId(99), Role.Participant)).ThenRefused(RefusalCode.NotAllowed);
    }

    [Fact]
    public void A_right_role_in_a_wrong_stage_hears_that() =>
        Scenes.Given(Room.Lobby).When(new PauseDialogue(), Room.Facilitator).ThenRefused(RefusalCode.NotInThisStage);

    private static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
