namespace Dialogue.FollowUp;

/// <summary>
/// The shape beside the word of a state. Late is stronger than the state itself; reported done is not shown as a success.
/// </summary>
internal static class StateLook
{
    public static string Of(ActionState state, int daysLate) =>
        state switch
        {
            ActionState.Verified or ActionState.EffectAssessed => "state--ok",
            ActionState.Closed or ActionState.Dropped or ActionState.Superseded => "state--closed",
            _ when daysLate > 0 => "state--late",
            ActionState.Declined or ActionState.Rejected => "state--refused",
            ActionState.Offered or ActionState.HandedOver or ActionState.ReportedDone or ActionState.Blocked => "state--waiting",
            ActionState.InProgress => "state--busy",
            _ => "state--open",
        };
}
