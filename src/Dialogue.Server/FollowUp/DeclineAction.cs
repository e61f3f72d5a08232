namespace Dialogue.FollowUp;

/// <summary>The owner gives it back, and says why. That is a good answer too.</summary>
internal sealed class DeclineAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Decline;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) => [StepField.Text("Reason", required: true)];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.Decline(input.Text("Reason"));
}
