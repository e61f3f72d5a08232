namespace Dialogue.FollowUp;

/// <summary>
/// How a state looks beside its word: the kind of its pill, and the place and kind of its line of seven steps. Reported done is not shown
/// as a success.
/// </summary>
internal static class StateLook
{
    /// <summary>The seven steps on the way of an agreement, in order; the large form names them.</summary>
    public static IReadOnlyList<ActionState> Way { get; } =
    [
        ActionState.Offered,
        ActionState.Accepted,
        ActionState.Planned,
        ActionState.InProgress,
        ActionState.ReportedDone,
        ActionState.Verified,
        ActionState.EffectAssessed,
    ];

    /// <summary>The kind of the pill: one of <see cref="Look.StatePill.Shapes"/>.</summary>
    public static string PillOf(ActionState state) =>
        state switch
        {
            ActionState.Verified or ActionState.EffectAssessed => "ok",
            ActionState.Closed or ActionState.Superseded => "closed",
            ActionState.Dropped => "off",
            ActionState.Blocked => "stuck",
            ActionState.Declined or ActionState.Rejected => "refused",
            ActionState.Offered or ActionState.HandedOver or ActionState.ReportedDone => "waiting",
            ActionState.InProgress => "busy",
            _ => "open",
        };

    /// <summary>1 to 7; a side road counts as the step where work was left or goes on; 0 when it was never asked of anybody.</summary>
    public static int StepOf(ActionState state) =>
        state switch
        {
            ActionState.Proposed => 0,
            ActionState.Declined or ActionState.HandedOver => 1,
            ActionState.Blocked or ActionState.Rejected => 4,
            ActionState.Closed or ActionState.Dropped or ActionState.Superseded => Look.Track.Steps,
            _ => Way.ToList().IndexOf(state) + 1,
        };

    public static string TrackOf(ActionState state) =>
        state switch
        {
            ActionState.Offered or ActionState.HandedOver or ActionState.ReportedDone => "wait",
            ActionState.Blocked or ActionState.Declined or ActionState.Rejected => "stuck",
            ActionState.Verified or ActionState.EffectAssessed => "done",
            ActionState.Closed or ActionState.Dropped or ActionState.Superseded => "off",
            _ => "plain",
        };
}
