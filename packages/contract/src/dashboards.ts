/** Dashboards and widgets (public-api contract §20). */
import { z } from 'zod'
import { FilterCondition } from './filter.ts'
import { METRIC_AGGREGATIONS, METRIC_VIEWS_V2 } from './metrics-query.ts'
import { PageMeta, pageParams } from './query-params.ts'

/** Conditions of a dashboard or widget; what only lists of records know is left out. */
const WidgetFilter = FilterCondition.refine(
  (filter) => filter.type !== 'positionInTrace',
  'positionInTrace is not a filter of dashboards',
)

const Cell = z.int().min(0).max(100_000)
const Size = z.int().min(1).max(100_000)
const PlacementId = z.string().min(1).max(200)
const position = { x: Cell, y: Cell, width: Size, height: Size }

const WidgetPlacement = z.strictObject({
  type: z.literal('widget'),
  id: PlacementId,
  widgetId: z.string().min(1),
  ...position,
})
const PresetPlacement = z.strictObject({
  type: z.literal('preset'),
  id: PlacementId,
  presetId: z.string().min(1),
  ...position,
})

/** A tile on the dashboard's grid of 12 columns. */
export const PlacementDto = z
  .discriminatedUnion('type', [WidgetPlacement, PresetPlacement])
  .meta({ id: 'DashboardPlacement' })
export type PlacementDto = z.infer<typeof PlacementDto>

const optionalTile = {
  id: PlacementId.nullish(),
  x: Cell.nullish(),
  y: Cell.nullish(),
  width: Size.nullish(),
  height: Size.nullish(),
}

/** Without id or position the server gives them. */
export const CreatePlacementBody = z
  .discriminatedUnion('type', [WidgetPlacement.extend(optionalTile), PresetPlacement.extend(optionalTile)])
  .meta({ id: 'CreatePlacementBody' })
export type CreatePlacementBody = z.infer<typeof CreatePlacementBody>

const hasField = (body: object) => Object.values(body).some((value) => value != null)
const NO_FIELD = 'Give at least one field'

export const UpdatePlacementBody = z
  .strictObject({ x: Cell.nullish(), y: Cell.nullish(), width: Size.nullish(), height: Size.nullish() })
  .refine(hasField, NO_FIELD)
  .meta({ id: 'UpdatePlacementBody' })
export type UpdatePlacementBody = z.infer<typeof UpdatePlacementBody>

const Definition = z.strictObject({
  widgets: z
    .array(PlacementDto)
    .max(1_000)
    .refine((widgets) => new Set(widgets.map(({ id }) => id)).size === widgets.length, 'Placement ids must be unique'),
})

const dashboard = {
  name: z.string().min(1),
  description: z.string().nullish(),
  definition: Definition.nullish(),
  filters: z.array(WidgetFilter).nullish(),
}

export const CreateDashboardBody = z.object(dashboard).meta({ id: 'CreateDashboardBody' })
export type CreateDashboardBody = z.infer<typeof CreateDashboardBody>

export const UpdateDashboardBody = z
  .object({ ...dashboard, name: dashboard.name.nullish() })
  .refine(hasField, NO_FIELD)
  .meta({ id: 'UpdateDashboardBody' })
export type UpdateDashboardBody = z.infer<typeof UpdateDashboardBody>

/** A page of dashboards, widgets, unstable evaluators or rules. */
export const UnstablePageQuery = z.object(pageParams())
export type UnstablePageQuery = z.infer<typeof UnstablePageQuery>

export const DashboardParams = z.object({ dashboardId: z.string() })
export const PlacementParams = z.object({ dashboardId: z.string(), placementId: z.string() })
export const WidgetParams = z.object({ widgetId: z.string() })

const common = {
  id: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  name: z.string(),
  description: z.string(),
}

export const DashboardDto = z
  .object({
    ...common,
    definition: z.object({ widgets: z.array(PlacementDto) }),
    filters: z.array(FilterCondition),
  })
  .meta({ id: 'Dashboard' })
export type DashboardDto = z.infer<typeof DashboardDto>

export const DashboardsDto = z.object({ data: z.array(DashboardDto), meta: PageMeta })
export type DashboardsDto = z.infer<typeof DashboardsDto>

const ChartType = z.enum([
  'LINE_TIME_SERIES',
  'AREA_TIME_SERIES',
  'BAR_TIME_SERIES',
  'HORIZONTAL_BAR',
  'VERTICAL_BAR',
  'PIE',
  'NUMBER',
  'HISTOGRAM',
  'PIVOT_TABLE',
])

const chartConfig = {
  row_limit: z.int().min(1).max(1_000).optional(),
  show_value_labels: z.boolean().optional(),
  bins: z.int().min(1).max(100).optional(),
  defaultSort: z.object({ column: z.string().min(1), order: z.enum(['ASC', 'DESC']) }).optional(),
}

/** What a widget asks and how it is drawn. */
export const WidgetDefinition = z.object({
  view: z.enum(METRIC_VIEWS_V2),
  dimensions: z.array(z.object({ field: z.string().min(1) })),
  metrics: z.array(z.object({ measure: z.string().min(1), agg: z.enum(METRIC_AGGREGATIONS) })).min(1),
  filters: z.array(WidgetFilter),
  chartType: ChartType,
  chartConfig: z.object({ type: ChartType, ...chartConfig }),
})
export type WidgetDefinition = z.infer<typeof WidgetDefinition>

const nullishChartConfig = z
  .object({
    type: ChartType.nullish(),
    row_limit: chartConfig.row_limit.nullable(),
    show_value_labels: chartConfig.show_value_labels.nullable(),
    bins: chartConfig.bins.nullable(),
    defaultSort: chartConfig.defaultSort.nullable(),
  })
  .nullish()

export const CreateWidgetBody = WidgetDefinition.extend({
  name: z.string().min(1),
  description: z.string().nullish(),
  chartConfig: nullishChartConfig,
}).meta({ id: 'CreateWidgetBody' })
export type CreateWidgetBody = z.infer<typeof CreateWidgetBody>

export const UpdateWidgetBody = z
  .object({
    name: z.string().min(1).nullish(),
    description: z.string().nullish(),
    view: WidgetDefinition.shape.view.nullish(),
    dimensions: WidgetDefinition.shape.dimensions.nullish(),
    metrics: WidgetDefinition.shape.metrics.nullish(),
    filters: WidgetDefinition.shape.filters.nullish(),
    chartType: ChartType.nullish(),
    chartConfig: nullishChartConfig,
  })
  .refine(hasField, NO_FIELD)
  .meta({ id: 'UpdateWidgetBody' })
export type UpdateWidgetBody = z.infer<typeof UpdateWidgetBody>

export const WidgetDto = z.object({ ...common, ...WidgetDefinition.shape }).meta({ id: 'DashboardWidget' })
export type WidgetDto = z.infer<typeof WidgetDto>

export const WidgetsDto = z.object({ data: z.array(WidgetDto), meta: PageMeta })
export type WidgetsDto = z.infer<typeof WidgetsDto>
