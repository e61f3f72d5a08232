namespace Dialogue.FollowUp;

/// <summary>It cannot go on: what is needed, and from whom.</summary>
internal sealed class BlockAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Block;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [StepField.Text("Need", required: true), StepField.Line("FromWhom", required: true)];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.Block(input.Text("Need"), input.Text("FromWhom"));
}
