namespace Dialogue.FollowUp;

/// <summary>The first step is taken.</summary>
internal sealed class StartAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Start;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) => [StepField.Text("Remark")];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.Start(input.Optional("Remark"));
}
