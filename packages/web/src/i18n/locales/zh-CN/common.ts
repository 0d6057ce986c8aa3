/** 各处通用的词。 */
export default {
  back: '返回',
  cancel: '取消',
  close: '关闭',
  copied: '已复制',
  copy: '复制',
  loading: '正在加载…',
  more: '更多',
  notification: '通知',
  retry: '重试',
  save: '保存',
  status: { busy: '忙碌', disabled: '已停用', offline: '离线', online: '在线' },
  role: { owner: '所有者', admin: '管理员', member: '成员', guest: '访客' },
  you: '你',
}
