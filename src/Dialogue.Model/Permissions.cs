using Dialogue.Activities;

namespace Dialogue;

/// <summary>
/// Role x stage x command. The table is the catalogue itself: a command is registered with the roles that may want it and the stages in
/// which it makes sense. What is not in the table is not allowed. The golden file <c>permissions.txt</c> prints it whole.
/// </summary>
public static class Permissions
{
    public static RefusalCode? Check(DialogueCommand command, Role role, Stage stage)
    {
        if (!ActivityCatalogue.Commands.TryGetValue(command.GetType(), out var entry))
            return RefusalCode.NotAllowed;
        if ((entry.Roles & role) == 0)
            return RefusalCode.NotAllowed;
        return (entry.Stages & stage) != 0 || (stage == Stage.None && entry.Stages == Stage.None) ? null : RefusalCode.NotInThisStage;
    }

    /// <summary>What the organisation may want as well, can be wanted by somebody without a seat; all else is done from a seat.</summary>
    public static bool NeedsNoSeat(DialogueCommand command) => (ActivityCatalogue.Commands[command.GetType()].Roles & Role.Organiser) != 0;
}
