namespace Dialogue.FollowUp;

/// <summary>It was closed too early.</summary>
internal sealed class ReopenAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Reopen;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) => [StepField.Text("Reason", required: true)];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.Reopen(input.Text("Reason"));
}
