namespace Dialogue.FollowUp;

/// <summary>The verifier says what is still lacking; the owner goes on.</summary>
internal sealed class RejectAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Reject;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) => [StepField.Text("Reason", required: true)];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.Reject(input.Text("Reason"));
}
